/** Who serves a named pipe: any process may make one of any name, so clients ask before they say anything. */

import { isBiometricError } from '../../core/biometric-error.ts';
import { LOCAL_SYSTEM_SID } from '../../core/sid.ts';
import { LoopPipes } from './loop-pipes.ts';
import { SERVICE_NAME } from './machine-service.ts';
import { readSecurityDescriptor } from './security-descriptor.ts';
import { queryService } from './service-control.ts';
import { ADMINISTRATORS_SID, processAccount, type TokenAccount } from './token-account.ts';
import { requireWin32 } from './win32.ts';

/** `winnt.h` */
const OWNER = 0x1;
const MOST_BYTES = 1024;

/** What Windows says of whoever serves a pipe. */
export interface PipeServer {
  /** Number of its process; undefined when Windows does not say. */
  readonly pid: number | undefined;
  /** Account of the process; undefined where this account may not ask. */
  readonly account: TokenAccount | undefined;
  /** SID of the owner of the pipe; undefined when Windows does not say. */
  readonly owner: string | undefined;
}

/** A pipe that is being connected to. */
export interface MetPipe {
  /** Why whoever serves it is not to be trusted, once it is connected; undefined when there is nothing against it. */
  distrust(): string | undefined;
}

/**
 * Takes note of the pipe of a socket that was made just now; undefined where Windows cannot be asked who serves it: without
 * koffi, and beside the main thread.
 */
export function meetPipe(): MetPipe | undefined {
  const loop = LoopPipes.find();
  if (loop === undefined) return undefined;
  const pipe = loop.youngest();
  return {
    distrust: () => {
      const handle = loop.handleOf(pipe);
      if (handle === undefined) return 'Windows does not say who serves it';
      return pipeDistrust(serverOf(handle), { own: processAccount()?.sid, servicePid: servicePid() });
    },
  };
}

/**
 * Why a server is not to be trusted: it is neither the machine's service, as the service control manager knows it, nor the own
 * account, SYSTEM or an administrator. Undefined when it is one of them. The owner of a pipe tells only where its process
 * cannot be asked: whom it lets in for writing can serve it, too.
 */
export function pipeDistrust(
  { pid, account, owner }: PipeServer,
  { own, servicePid }: { readonly own: string | undefined; readonly servicePid: number | undefined },
): string | undefined {
  if (pid !== undefined && pid === servicePid) return undefined;
  const sid = account?.sid ?? owner;
  if (sid === undefined) return 'Windows does not say who serves it';
  const isTrusted = [own, LOCAL_SYSTEM_SID, ADMINISTRATORS_SID].includes(sid);
  if (isTrusted || account?.groups.includes(ADMINISTRATORS_SID) === true) return undefined;
  return `it is served by the account ${sid}`;
}

function serverOf(handle: bigint): PipeServer {
  const { GetNamedPipeServerProcessId, GetKernelObjectSecurity } = requireWin32('servers of pipes');
  const pid: [number] = [0];
  const hasPid = GetNamedPipeServerProcessId(handle, pid) as boolean;
  const bytes = new Uint8Array(MOST_BYTES);
  const hasOwner = GetKernelObjectSecurity(handle, OWNER, bytes, MOST_BYTES, [0]) as boolean;
  return {
    pid: hasPid ? pid[0] : undefined,
    account: hasPid ? processAccount(pid[0]) : undefined,
    owner: hasOwner ? readSecurityDescriptor(bytes).owner : undefined,
  };
}

/** The process of the machine's service; undefined while there is none. */
function servicePid(): number | undefined {
  try {
    return queryService(SERVICE_NAME).pid || undefined;
  } catch (thrown) {
    if (isBiometricError(thrown)) return undefined;
    throw thrown;
  }
}
