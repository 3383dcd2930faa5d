/** A card for each unit: what it is, and what it is doing. */

import { useSignal } from '@preact/signals';
import type { UnitActivity, UnitDescription } from '../../../src/exports/whorl/client/browser.ts';
import { Empty, Fault } from '../parts/notice.tsx';
import type { ConnectedService, VirtualReaderPlace } from '../service/connected-service.ts';
import { type FaultWords, faultWords, rejectWords } from '../words/fault-words.ts';
import { fingerWords } from '../words/finger-words.ts';
import { capabilityWords, poolWords, stateWords, waitingWords } from '../words/unit-words.ts';
import type { PageProps } from './page-props.ts';

/** Name of the virtual reader in a service whose configuration names none. */
const DEFAULT_READER = 'virtual';

export function UnitsPage({ service }: PageProps) {
  const units = service.units.value;
  const activities = new Map((service.health.value?.units ?? []).map((each) => [each.unitId, each]));
  const gone = service.readers.value.filter(({ unitId }) => unitId === undefined);
  return (
    <>
      <div class="cards" aria-live="polite">
        {units.map((unit) => (
          <UnitCard key={unit.unitId} service={service} unit={unit} activity={activities.get(unit.unitId)} />
        ))}
        {gone.map((reader) => (
          <section class="card unit unit-gone" key={reader.name} aria-label={`Virtual reader ${reader.name}`}>
            <h2>Virtual reader “{reader.name}”</h2>
            <p class="quiet">Unplugged. When plugged in again, it becomes a new unit.</p>
            <Cable service={service} reader={reader} />
          </section>
        ))}
      </div>
      {units.length === 0 && gone.length === 0 && (
        <Empty title="No reader is attached">
          <p>Plug one in: it appears here at once.</p>
          {service.account.administrator && (
            <Cable service={service} reader={{ name: DEFAULT_READER, unitId: undefined }} />
          )}
        </Empty>
      )}
      {units.length > 0 && (
        <p class="next">
          Next: <a href="#enroll">enroll a finger</a>, then <a href="#identify">identify it</a>.
        </p>
      )}
    </>
  );
}

interface UnitCardProps {
  readonly service: ConnectedService;
  readonly unit: UnitDescription;
  readonly activity: UnitActivity | undefined;
}

function UnitCard({ service, unit, activity }: UnitCardProps) {
  const { unitId, name, description, manufacturer, model, serialNumber, firmwareVersion, poolType, capabilities } =
    unit;
  const reader = service.readers.value.find((each) => each.unitId === unitId);
  return (
    <section class="card unit" aria-label={`Unit ${unitId}`}>
      <header class="card-head">
        <h2>{description || `Unit ${unitId}`}</h2>
        {activity !== undefined && (
          <span class={`tag tag-${activity.waiting.length > 0 ? 'busy' : activity.state}`}>{stateWords(activity)}</span>
        )}
      </header>
      <dl class="facts">
        <Fact name="unit">{unitId}</Fact>
        <Fact name="reader">{name}</Fact>
        <Fact name="pool">{poolWords(poolType)}</Fact>
        <Fact name="maker">{manufacturer}</Fact>
        <Fact name="model">{model}</Fact>
        <Fact name="serial">{serialNumber}</Fact>
        <Fact name="firmware">{`${firmwareVersion.major}.${firmwareVersion.minor}`}</Fact>
        <Fact name="capabilities">{capabilityWords(capabilities)}</Fact>
        {activity !== undefined && <Activity {...activity} />}
      </dl>
      {reader !== undefined && <Cable service={service} reader={reader} />}
    </section>
  );
}

function Activity({ waiting, enrolling, locked, lastReject, progress }: UnitActivity) {
  return (
    <>
      <Fact name="waiting">{waiting.length === 0 ? 'nothing' : waitingWords(waiting)}</Fact>
      {enrolling !== undefined && <Fact name="enrolling">{fingerWords(enrolling)}</Fact>}
      {locked && <Fact name="locked">by a session, for itself</Fact>}
      {progress !== undefined && <Fact name="picture">{`${Math.round(100 * progress)} % has come`}</Fact>}
      {lastReject !== undefined && (
        <Fact name="last reject">{`${rejectWords(lastReject).reason}. ${rejectWords(lastReject).advice}`}</Fact>
      )}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: string | number }) {
  if (children === '') return null;
  return (
    <div class="fact-row">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Pulls the cable of a virtual reader, or plugs it in. */
function Cable({ service, reader }: { readonly service: ConnectedService; readonly reader: VirtualReaderPlace }) {
  const fault = useSignal<FaultWords | undefined>(undefined);
  const plugged = reader.unitId !== undefined;
  const pull = async () => {
    const { client } = service;
    try {
      await (plugged ? client.virtualReader(reader.name).unplug() : client.virtualReader(reader.name).plug());
      fault.value = undefined;
      await service.refresh();
    } catch (thrown) {
      fault.value = faultWords(thrown);
    }
  };
  return (
    <div class="card-foot">
      <button type="button" onClick={() => void pull()}>
        {plugged ? 'Unplug' : `Plug in “${reader.name}”`}
      </button>
      {fault.value !== undefined && <Fault words={fault.value} />}
    </div>
  );
}
