/** For tests: a store as the thread of records offers it, where every answer is a promise. */
export function asCopy<T>(store: object): T {
  return new Proxy(store, {
    get: (target, name) => {
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? async (...given: unknown[]) => value.apply(target, given) : value;
    },
    ownKeys: (target) =>
      Object.getOwnPropertyNames(Object.getPrototypeOf(target)).filter((name) => name !== 'constructor'),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  }) as T;
}
