/*
 * A winbio.dll of ours, for tests: units, two kinds of pools, templates that are numbers of fingers, and results from threads
 * of its own, one a handle. It has the functions of Windows 10, version 1607. Exported `Fake*` functions script it. Built by
 * gcc as a shared library and by mingw as winbio.dll.
 */

#include "winbio-world.h"

#include "winbio-checks.h"
#include "winbio-operations.h"
#include "winbio-queue.h"

#include "winbio-functions.h"
#include "winbio-machine.h"

#include "winbio-script.h"
