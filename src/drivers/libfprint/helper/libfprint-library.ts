/** The functions of libfprint and GLib that are used, as koffi calls them. */

import type { KoffiFunc, LibraryHandle } from 'koffi';
import { BiometricError } from '../../../core/biometric-error.ts';
import type { GlibError } from './glib-faults.ts';

/** An address. */
export type Pointer = bigint | null;

/** A call that runs in a thread of its own, which then is that of GLib's main context. */
// biome-ignore lint/suspicious/noExplicitAny: a C function takes what its prototype says, and koffi checks it.
export type WaitingCall = (...values: any[]) => Promise<any>;

/** Where they are, and what each is called on a Debian machine. */
const LIBRARIES = {
  fprint: 'libfprint-2.so.2',
  gobject: 'libgobject-2.0.so.0',
  glib: 'libglib-2.0.so.0',
  gio: 'libgio-2.0.so.0',
  gusb: 'libgusb.so.2',
} as const;

const INSTALL_LIBFPRINT = 'apt install libfprint-2-2';
const INSTALL_KOFFI = 'npm install koffi';

export type LibfprintLibrary = Awaited<ReturnType<typeof loadLibfprint>>;

/**
 * Loads them. Rejects with WHORL_E_CONFIGURATION, and the line to run, without koffi, without libfprint, and with one that
 * has other functions.
 */
export async function loadLibfprint() {
  const koffi = await loadKoffi();
  const library = (name: keyof typeof LIBRARIES): LibraryHandle => {
    try {
      return koffi.load(LIBRARIES[name]);
    } catch (cause) {
      const text = `${LIBRARIES[name]} cannot be loaded; readers on USB need libfprint 2 (1.92 or later): ${INSTALL_LIBFPRINT}`;
      throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
    }
  };
  const [fprint, gobject, glib, gio, gusb] = [
    library('fprint'),
    library('gobject'),
    library('glib'),
    library('gio'),
    library('gusb'),
  ];
  const GError = koffi.struct({ domain: 'uint32', code: 'int', message: 'const char *' });
  const GPtrArray = koffi.struct({ pdata: 'void *', len: 'uint32' });
  koffi.proto('void FpEnrollProgress(void *device, int stages, void *print, void *data, void *error)');
  koffi.proto('void GSignalHandler(void *object, void *parameter, void *data)');
  koffi.proto('void GSourceOnce(void *data)');
  koffi.proto('void GAsyncReady(void *object, void *result, void *data)');

  /** A function, by its prototype. */
  const of = <T extends (...values: never[]) => unknown>(from: LibraryHandle, prototype: string): KoffiFunc<T> => {
    try {
      return from.func(prototype) as unknown as KoffiFunc<T>;
    } catch (cause) {
      const text = `this libfprint has other functions than 1.92 to 1.94 have; ${INSTALL_LIBFPRINT}`;
      throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
    }
  };
  const waiting = (prototype: string): WaitingCall => {
    const { async: start } = of<(...values: unknown[]) => unknown>(fprint, prototype);
    return (...values) => {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      start(...values, (fault: unknown, value: unknown) => (fault ? reject(fault) : resolve(value)));
      return promise;
    };
  };

  const quarkText = of<(quark: number) => string>(glib, 'const char *g_quark_to_string(uint32_t)');
  const freeError = of<(error: Pointer) => void>(glib, 'void g_error_free(void *)');
  const variantText = of<(variant: Pointer) => string>(glib, 'const char *g_variant_get_type_string(void *)');
  const variantSize = of<(variant: Pointer) => number>(glib, 'size_t g_variant_get_size(void *)');
  const variantData = of<(variant: Pointer) => Pointer>(glib, 'void *g_variant_get_data(void *)');
  const variantUnref = of<(variant: Pointer) => void>(glib, 'void g_variant_unref(void *)');
  const getPointer = of<(object: Pointer, name: string, value: [Pointer], end: null) => void>(
    gobject,
    'void g_object_get(void *, const char *, _Out_ void **, void *)',
  );
  const serialize = of<(print: Pointer, data: [Pointer], length: [number], error: [Pointer]) => boolean>(
    fprint,
    'bool fp_print_serialize(void *, _Out_ void **, _Out_ size_t *, _Out_ void **)',
  );
  const imageData = of<(image: Pointer, length: [number]) => Pointer>(
    fprint,
    'void *fp_image_get_data(void *, _Out_ size_t *)',
  );
  const arrayNew = of<() => Pointer>(glib, 'void *g_ptr_array_new()');
  const arrayAdd = of<(array: Pointer, item: Pointer) => void>(glib, 'void g_ptr_array_add(void *, void *)');
  const free = of<(memory: Pointer) => void>(glib, 'void g_free(void *)');

  const bytesAt = (address: Pointer, length: number) =>
    length === 0 || address === null ? new Uint8Array() : new Uint8Array(koffi.view(address, length)).slice();

  return {
    /** Registers a function that C calls; it runs here while the calling thread waits. */
    callback: (called: (...values: never[]) => void, type: string): bigint => koffi.register(called, `${type} *`),
    forget: (callback: bigint) => koffi.unregister(callback),
    addressOf: {
      cancel: koffi.address(gio.symbol('g_cancellable_cancel')),
    },
    glib: {
      iterate: of<(context: null, mayBlock: boolean) => boolean>(glib, 'bool g_main_context_iteration(void *, bool)'),
      idleOnce: of<(called: bigint, data: Pointer) => number>(glib, 'uint32_t g_idle_add_once(void *, void *)'),
      unref: of<(object: Pointer) => void>(gobject, 'void g_object_unref(void *)'),
      ref: of<(object: Pointer) => Pointer>(gobject, 'void *g_object_ref(void *)'),
      refSink: of<(object: Pointer) => Pointer>(gobject, 'void *g_object_ref_sink(void *)'),
      connect: of<
        (object: Pointer, signal: string, called: bigint, data: null, destroy: null, flags: number) => number
      >(gobject, 'unsigned long g_signal_connect_data(void *, const char *, void *, void *, void *, int)'),
      cancellable: of<() => Pointer>(gio, 'void *g_cancellable_new()'),
      isCanceled: of<(cancellable: Pointer) => boolean>(gio, 'bool g_cancellable_is_cancelled(void *)'),
      arrayUnref: of<(array: Pointer) => void>(glib, 'void g_ptr_array_unref(void *)'),
      /** The addresses in an array. */
      items(array: Pointer): readonly Pointer[] {
        const { pdata, len } = koffi.decode(array, GPtrArray) as { pdata: Pointer; len: number };
        return Array.from({ length: len }, (_, i) => koffi.decode(pdata, 8 * i, 'void *') as Pointer);
      },
      array(items: readonly Pointer[]): Pointer {
        const array = arrayNew();
        for (const item of items) arrayAdd(array, item);
        return array;
      },
      /** Copies an error, and frees it when it is one's own. */
      error(address: Pointer, owned = true): GlibError {
        const { domain, code, message } = koffi.decode(address, GError) as {
          domain: number;
          code: number;
          message: string;
        };
        const copied = { domain: quarkText(domain), code, message };
        if (owned) freeError(address);
        return copied;
      },
    },
    context: {
      create: of<() => Pointer>(fprint, 'void *fp_context_new()'),
      enumerate: waiting('void fp_context_enumerate(void *)'),
      devices: of<(context: Pointer) => Pointer>(fprint, 'void *fp_context_get_devices(void *)'),
    },
    device: {
      driver: of<(device: Pointer) => string>(fprint, 'const char *fp_device_get_driver(void *)'),
      id: of<(device: Pointer) => string>(fprint, 'const char *fp_device_get_device_id(void *)'),
      name: of<(device: Pointer) => string>(fprint, 'const char *fp_device_get_name(void *)'),
      features: of<(device: Pointer) => number>(fprint, 'uint32_t fp_device_get_features(void *)'),
      stages: of<(device: Pointer) => number>(fprint, 'int fp_device_get_nr_enroll_stages(void *)'),
      scanType: of<(device: Pointer) => number>(fprint, 'int fp_device_get_scan_type(void *)'),
      fingerStatus: of<(device: Pointer) => number>(fprint, 'int fp_device_get_finger_status(void *)'),
      /** Its USB device; null for one that is not on USB. */
      usb(device: Pointer): { readonly bus: number; readonly device: number } | undefined {
        const found: [Pointer] = [null];
        getPointer(device, 'fpi-usb-device', found, null);
        const [usb] = found;
        return usb === null ? undefined : { bus: usbBus(usb), device: usbAddress(usb) };
      },
      open: waiting('bool fp_device_open_sync(void *, void *, _Out_ void **)'),
      close: waiting('bool fp_device_close_sync(void *, void *, _Out_ void **)'),
      suspendWhileBusy: of<(device: Pointer, cancellable: null, done: bigint, data: null) => void>(
        fprint,
        'void fp_device_suspend(void *, void *, void *, void *)',
      ),
      resumeWhileBusy: of<(device: Pointer, cancellable: null, done: bigint, data: null) => void>(
        fprint,
        'void fp_device_resume(void *, void *, void *, void *)',
      ),
      suspend: waiting('bool fp_device_suspend_sync(void *, void *, _Out_ void **)'),
      resume: waiting('bool fp_device_resume_sync(void *, void *, _Out_ void **)'),
      capture: waiting('void *fp_device_capture_sync(void *, bool, void *, _Out_ void **)'),
      enroll: waiting('void *fp_device_enroll_sync(void *, void *, void *, void *, void *, _Out_ void **)'),
      verify: waiting(
        'bool fp_device_verify_sync(void *, void *, void *, void *, void *, _Out_ int *, void *, _Out_ void **)',
      ),
      identify: waiting(
        'bool fp_device_identify_sync(void *, void *, void *, void *, void *, _Out_ void **, void *, _Out_ void **)',
      ),
      list: waiting('void *fp_device_list_prints_sync(void *, void *, _Out_ void **)'),
      delete: waiting('bool fp_device_delete_print_sync(void *, void *, void *, _Out_ void **)'),
      clear: waiting('bool fp_device_clear_storage_sync(void *, void *, _Out_ void **)'),
    },
    image: {
      width: of<(image: Pointer) => number>(fprint, 'uint32_t fp_image_get_width(void *)'),
      height: of<(image: Pointer) => number>(fprint, 'uint32_t fp_image_get_height(void *)'),
      pixelsPerMm: of<(image: Pointer) => number>(fprint, 'double fp_image_get_ppmm(void *)'),
      pixels(image: Pointer): Uint8Array {
        const length: [number] = [0];
        return bytesAt(imageData(image, length), Number(length[0]));
      },
    },
    print: {
      create: of<(device: Pointer) => Pointer>(fprint, 'void *fp_print_new(void *)'),
      equal: of<(one: Pointer, other: Pointer) => boolean>(fprint, 'bool fp_print_equal(void *, void *)'),
      deserialize: of<(data: Uint8Array, length: number, error: [Pointer]) => Pointer>(
        fprint,
        'void *fp_print_deserialize(const uint8_t *, size_t, _Out_ void **)',
      ),
      /** The bytes that libfprint keeps of it; undefined when it has none. */
      serialized(print: Pointer): Uint8Array | undefined {
        const [data, length, error]: [[Pointer], [number], [Pointer]] = [[null], [0], [null]];
        if (!serialize(print, data, length, error)) {
          if (error[0] !== null) freeError(error[0]);
          return undefined;
        }
        const bytes = bytesAt(data[0], Number(length[0]));
        free(data[0]);
        return bytes;
      },
      /** What the driver keeps of it: type and bytes of a GVariant, by which the chip knows it. */
      data(print: Pointer): { readonly type: string; readonly bytes: Uint8Array } {
        const found: [Pointer] = [null];
        getPointer(print, 'fpi-data', found, null);
        const [variant] = found;
        if (variant === null) return { type: '', bytes: new Uint8Array() };
        const copied = {
          type: variantText(variant),
          bytes: bytesAt(variantData(variant), Number(variantSize(variant))),
        };
        variantUnref(variant);
        return copied;
      },
    },
  };

  function usbBus(usb: Pointer): number {
    return of<(usb: Pointer) => number>(gusb, 'uint8_t g_usb_device_get_bus(void *)')(usb);
  }

  function usbAddress(usb: Pointer): number {
    return of<(usb: Pointer) => number>(gusb, 'uint8_t g_usb_device_get_address(void *)')(usb);
  }
}

async function loadKoffi() {
  try {
    return (await import('koffi')).default;
  } catch (cause) {
    const text = `the package koffi is not installed; it calls libfprint: ${INSTALL_KOFFI}`;
    throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
  }
}
