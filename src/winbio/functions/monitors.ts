/** Event monitors and framework change monitors. WBF: operations 6, framework 5. */

import {
  WINBIO_OPERATION_GET_EVENT,
  WINBIO_OPERATION_MONITOR_PRESENCE,
  WINBIO_OPERATION_NONE,
  WINBIO_OPERATION_NOTIFY_UNIT_STATUS_CHANGE,
  WINBIO_OPERATION_UNIT_ARRIVAL,
  WINBIO_OPERATION_UNIT_REMOVAL,
} from '../../core/constants.ts';
import { FAILED, type HRESULT } from '../../core/hresult.ts';
import type { OperationRequest } from '../../core/operation-request.ts';
import type { Completion, MonitorEvent } from '../../core/operation-result.ts';
import { E_HANDLE, E_POINTER, S_OK } from '../../core/result-constants.ts';
import { operate } from '../operate.ts';
import type { WINBIO_EVENT } from '../structures.ts';
import { winbioEvent, winbioPresence } from '../to-structures.ts';
import type { Notice, OpenHandle, WinBioProcess } from '../winbio-process.ts';

/** Receives an event; the program frees `Event`, null when the monitor failed or was canceled. */
export type PWINBIO_EVENT_CALLBACK = (
  EventCallbackContext: unknown,
  OperationStatus: HRESULT,
  Event: WINBIO_EVENT | null,
) => void;

/** Functions that subscribe. */
export function monitorFunctions(process: WinBioProcess) {
  return {
    /**
     * Reports samples that no operation asked for: to the callback, or as notices GET_EVENT on an asynchronous session
     * (D-04). System pool only; the session takes no other operation meanwhile. The program frees each event.
     * WBF: operations 6.1.
     *
     * Handles: synchronous and asynchronous sessions. Notice: GET_EVENT.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER, E_INVALIDARG,
     * WINBIO_E_SESSION_BUSY.
     *
     * Ends with S_OK, WINBIO_E_EVENT_MONITOR_ACTIVE, WINBIO_E_INVALID_OPERATION, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioRegisterEventMonitor` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param EventMask - `WINBIO_EVENT_FP_UNCLAIMED` or `WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY`, not both.
     * @param EventCallback - Called for each event; ignored on an asynchronous session.
     * @param EventCallbackContext - Handed to the callback unchanged.
     *
     * @example
     * ```ts
     * const hr = await WinBioRegisterEventMonitor(session.value, WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY, onEvent, null);
     * ```
     */
    WinBioRegisterEventMonitor(
      SessionHandle: number,
      EventMask: number,
      EventCallback: PWINBIO_EVENT_CALLBACK | null | undefined,
      EventCallbackContext?: unknown,
    ): Promise<HRESULT> {
      const handle = process.handle(SessionHandle);
      if (handle === undefined) return Promise.resolve(E_HANDLE);
      const request = { kind: 'register-event-monitor', eventMask: EventMask } as const;
      if (handle.kind !== 'synchronous') return startMonitor(process, handle, request, eventNotice);
      const state = handle.client.checkHandle(request.kind);
      if (!FAILED(state) && typeof EventCallback !== 'function') return Promise.resolve(E_POINTER);
      const refused = handle.client.check(request);
      if (FAILED(refused)) return Promise.resolve(refused);
      const onEvent = (event: MonitorEvent) => {
        if (event.kind === 'ended' && event.hresult === S_OK) return;
        const status = event.kind === 'ended' ? event.hresult : S_OK;
        const block = event.kind === 'unclaimed' ? process.blocks.issue(winbioEvent(event.event)) : null;
        process.call(() => EventCallback?.(EventCallbackContext, status, block));
      };
      return new Promise((resolve) => {
        handle.client.submit(request, ({ hresult }) => resolve(hresult), onEvent);
      });
    },

    /**
     * Ends the event monitor; no event follows. Without a monitor it does nothing. WBF: operations 6.2.
     *
     * Handles: synchronous and asynchronous sessions. Notice: GET_EVENT.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED.
     *
     * Ends with S_OK, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioUnregisterEventMonitor` function.
     *
     * @param SessionHandle - Handle of an open session.
     *
     * @example
     * ```ts
     * await WinBioUnregisterEventMonitor(session.value);
     * ```
     */
    WinBioUnregisterEventMonitor(SessionHandle: number): Promise<HRESULT> {
      return operate(process, SessionHandle, { request: { kind: 'unregister-event-monitor' } });
    },

    /**
     * Reports people in front of a face or iris unit, as they arrive, are recognized and leave, until it is canceled.
     * System pool only. WBF: operations 7.
     *
     * Handles: asynchronous sessions. Notice: MONITOR_PRESENCE.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_INVALIDARG.
     *
     * Ends with WINBIO_E_PRESENCE_MONITOR_ACTIVE, WINBIO_E_INVALID_OPERATION, WINBIO_E_INVALID_UNIT,
     * WINBIO_E_INCORRECT_SENSOR_POOL, WINBIO_E_LOCK_VIOLATION, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioMonitorPresence` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param UnitId - Unit to use; not 0.
     *
     * @example
     * ```ts
     * const hr = await WinBioMonitorPresence(session.value, unit.value); // changes come as notices
     * ```
     */
    WinBioMonitorPresence(SessionHandle: number, UnitId: number): Promise<HRESULT> {
      const handle = process.handle(SessionHandle);
      if (handle === undefined) return Promise.resolve(E_HANDLE);
      return startMonitor(process, handle, { kind: 'monitor-presence', unitId: UnitId }, presenceNotice);
    },

    /**
     * Reports units that are attached and detached, and statuses that change, until it is canceled. A status is that of
     * `WINBIO_PROPERTY_EXTENDED_UNIT_STATUS`. Its start is not notified; its end is, as NONE (D-03). WBF: framework 5.
     *
     * Handles: framework connections. Notice: UNIT_ARRIVAL, UNIT_REMOVAL, NOTIFY_UNIT_STATUS_CHANGE.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_INVALIDARG.
     *
     * Ends with WINBIO_E_EVENT_MONITOR_ACTIVE, WINBIO_E_CANCELED, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioAsyncMonitorFrameworkChanges` function.
     *
     * @param FrameworkHandle - Handle of an open framework connection.
     * @param ChangeTypes - Mask of `WINBIO_FRAMEWORK_CHANGE_*`; not 0.
     *
     * @example
     * ```ts
     * const hr = await WinBioAsyncMonitorFrameworkChanges(framework.value, WINBIO_FRAMEWORK_CHANGE_UNIT);
     * ```
     */
    WinBioAsyncMonitorFrameworkChanges(FrameworkHandle: number, ChangeTypes: number): Promise<HRESULT> {
      const handle = process.handle(FrameworkHandle);
      if (handle === undefined) return Promise.resolve(E_HANDLE);
      const request = { kind: 'monitor-framework-changes', changeTypes: ChangeTypes } as const;
      return startMonitor(process, handle, request, changeNotice);
    },
  };
}

/** Starts a monitor on an asynchronous handle; only a start that fails is notified. */
function startMonitor(
  process: WinBioProcess,
  handle: OpenHandle,
  request: OperationRequest,
  noticeOf: (event: MonitorEvent) => Omit<Notice, 'completion'> & { readonly unitId: number },
): Promise<HRESULT> {
  const refused = handle.client.check(request);
  if (FAILED(refused)) return Promise.resolve(refused);
  const started = (completion: Completion) => {
    if (FAILED(completion.hresult)) process.notifyDone(handle, request, completion);
  };
  handle.client.submit(request, started, (event, completion) => {
    // An unregister has a notice of its own (D-04).
    if ((event.kind === 'ended' && event.hresult === S_OK) || handle.deliver === undefined) return;
    const { operation, parameters, unitId } = noticeOf(event);
    const notice = { operation, parameters, completion: { ...completion, unitId } };
    process.notify(handle.client.number, handle.userData, handle.deliver, notice);
  });
  return Promise.resolve(S_OK);
}

function eventNotice(event: MonitorEvent) {
  const unclaimed = event.kind === 'unclaimed' ? event.event : undefined;
  return {
    operation: WINBIO_OPERATION_GET_EVENT,
    parameters: { GetEvent: { Event: winbioEvent(unclaimed) } },
    unitId: unclaimed?.unitId ?? 0,
  };
}

function presenceNotice(event: MonitorEvent) {
  const people = event.kind === 'presence' ? event.people.map(winbioPresence) : [];
  const MonitorPresence = {
    ChangeType: event.kind === 'presence' ? event.change : 0,
    PresenceCount: people.length,
    PresenceArray: people.length > 0 ? people : null,
  };
  const unitId = event.kind === 'presence' ? event.unitId : 0;
  return { operation: WINBIO_OPERATION_MONITOR_PRESENCE, parameters: { MonitorPresence }, unitId };
}

function changeNotice(event: MonitorEvent) {
  if (event.kind === 'unit-status') {
    const ExtendedStatus = { Availability: event.availability, ReasonCode: event.reasonCode };
    const parameters = { NotifyUnitStatusChange: { ExtendedStatus } };
    return { operation: WINBIO_OPERATION_NOTIFY_UNIT_STATUS_CHANGE, parameters, unitId: event.unitId };
  }
  const operations = { 'unit-arrival': WINBIO_OPERATION_UNIT_ARRIVAL, 'unit-removal': WINBIO_OPERATION_UNIT_REMOVAL };
  if (event.kind !== 'unit-arrival' && event.kind !== 'unit-removal') {
    return { operation: WINBIO_OPERATION_NONE, parameters: {}, unitId: 0 };
  }
  return { operation: operations[event.kind], parameters: {}, unitId: event.unitId };
}
