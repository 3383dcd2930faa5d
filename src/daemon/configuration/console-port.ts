/** Where the console is unless the configuration says otherwise. */
export const CONSOLE_PORT = 17_737;
