/** A client process of a scripted world. */

import type { WhorlService } from '../../client/whorl-service.ts';
import { LOCAL_SYSTEM_SID } from '../../core/sid.ts';
import type { Principal } from '../../service/access/principal.ts';
import type { WinBio } from '../../winbio/bind-winbio.ts';
import type { WinBioOptions } from '../../winbio/winbio-process.ts';

/** Who a process runs for, and what it may do. */
export interface ProcessOptions extends WinBioOptions {
  /** SID of the account. Default: an ordinary account, the same for every process. */
  readonly user?: string;
  /** Runs as an elevated administrator. Default: false. */
  readonly administrator?: boolean;
  /** Runs under Local System, whatever `user` says. Default: false. */
  readonly localSystem?: boolean;
  /** Runs in a remote session. Default: false. */
  readonly remote?: boolean;
  /** May create and change templates of its own account. Default: true. */
  readonly mayEnroll?: boolean;
  /** Runs sandboxed, below medium integrity. Default: false. */
  readonly lowIntegrity?: boolean;
  /** Takes the focus at once. Default: true. */
  readonly focus?: boolean;
}

/** A client process of a scripted world: one connection to the service. */
export interface HostProcess {
  /** The functions of winbio.h, bound to this process. */
  readonly winbio: WinBio;
  /** The idiomatic interface to the same connection. */
  readonly service: WhorlService;
  /** SID it runs for. */
  readonly user: string;
  /** Brings its window to the foreground. Never fails. */
  focus(): void;
  /** Ends the process: its connection is lost, and it closes nothing itself. Never fails. */
  end(): void;
}

const ORDINARY_USER = 'S-1-5-21-1000-1000-1000-1001';

/** The process as the service sees it. */
export function principalOf(options: ProcessOptions): Principal {
  const { administrator = false, remote = false, mayEnroll = true, lowIntegrity = false } = options;
  const sid = options.localSystem === true ? LOCAL_SYSTEM_SID : (options.user ?? ORDINARY_USER);
  return { sid, administrator, remote, mayEnroll, lowIntegrity };
}
