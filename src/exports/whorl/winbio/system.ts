/** `whorl/winbio/system`: the functions of winbio.h on the system's winbio.dll. Node only. */

export { type SystemWinBioOptions, systemWinBio } from '../../../native/system-winbio.ts';
export * from '../winbio.ts';
