// Types of what crosses a boundary. They mirror crates/protocol, which is the contract; nothing here ships.

/** What inpage.js has of its own, and what content.js brings it. */
declare namespace Page {
  type Table<T> = Record<string | number, T>;
  type PageError = { code: number; message: string; data?: unknown };
  type Outcome = { result?: unknown; error?: PageError };
  type Hello = { chainId: string; accounts: string[] };
  /** What a subscription brings. */
  type Message = { subscription: string; result: unknown };
  /**
   * Without `id` for what nobody asked for; `gone` when the extension is, with `id` for those alone whose request it
   * is.
   */
  type FromContent = { id?: number; hello?: Hello; outcome?: Outcome; message?: Message; gone?: boolean };

  /** How far a subscription or filter was told; the rest of it is the background's own. */
  type Watch = { chain: number; of: string; blocks: [number, string][] };
  /** What is new of it: events of blocks above `back` no longer hold; `more` can be asked for at once. */
  type Told = { watch: Watch; news: unknown[]; back?: number | null; more?: boolean };

  type Listener = { heard: Function; once: boolean };
  type Waiting = { done: (result: any) => void; fail: (error: any) => void };

  type Failure = (code: number, message: string, data?: unknown) => Error;
  type Run = (code: Function, value: unknown) => void;
  type Listen = (event: string, heard: Function, once: boolean) => object;
  type Forget = (event: string, fits: (listener: Listener) => boolean) => object;
  type On = (event: string, heard: Function) => object;
  type Emit = (event: string, value: unknown) => void;
  type Learn = (now: Hello) => void;
  type Settle = (id: number | string, outcome: Outcome) => void;
  type Tell = (params: Message) => void;
  type Deliver = (text: string, tries: number) => void;
  type Json = (params: unknown) => string;
  type Read = (args: any) => { method: string; params: unknown };
  type Ask = (args: unknown, done: Waiting['done'], fail: Waiting['fail']) => void;
  type Request = (args: unknown) => Promise<any>;
  type Respond = (payload: any, done: (response: any) => void) => void;
  type SendAsync = (payload: any, done?: (error: unknown, response: unknown) => void) => void;
  type Send = (first: any, second?: any) => any;

  type Provider = {
    isCandor: true;
    isConnected: () => boolean;
    readonly chainId: string | null;
    readonly networkVersion: string | null;
    readonly selectedAddress: string | null;
    on: On;
    off: On;
    once: On;
    addListener: On;
    removeListener: On;
    removeAllListeners: (event?: string) => object;
    request: Request;
    enable: () => Promise<string[]>;
    send: Send;
    sendAsync: SendAsync;
  };
}

/** What passes between background.js and the wallet core: crates/protocol/src/host.rs. */
declare namespace Host {
  type Read = 'absent' | 'failed' | { text: string };

  type Stored = {
    extensionId: string;
    baseUrl: string;
    local: Record<string, Read>;
    session: Record<string, Read>;
    vaultA: Read;
    vaultB: Read;
    vaultMirror: Read;
  };

  type Sender = {
    id: string | null;
    url: string | null;
    origin: string | null;
    tab: number | null;
    frame: number | null;
    tabUrl: string | null;
  };

  type HttpResult = 'failed' | { body: { status: number; text: string } };
  type Area = 'local' | 'session';
  type VaultCopy = 'a' | 'b';

  type MessageEvent = { message: { sender: Sender; text: string; reply: number } };
  type Event =
    | MessageEvent
    | { http: { flight: number; result: HttpResult } }
    | { slow: { flight: number } }
    | { windowOpened: { window: number | null } }
    | { windowClosed: { window: number } }
    | { tabClosed: { tab: number } }
    | { systemLocked: {} }
    | { lockKeys: {} }
    | { alarm: { name: string } };

  type Store = { do: 'store'; area: Area; key: string; value: string | null; copy: string | null };
  type StoreVault = { do: 'storeVault'; copy: VaultCopy; frame: string };
  type PageScripts = { do: 'pageScripts'; everywhere: boolean; except: string[]; asMetamask: string[] };
  type Follow = { do: 'follow'; url: string; tab: number; frame: number; body: string };
  type Http = {
    do: 'http';
    flight: number;
    url: string;
    body: string | null;
    timeoutMs: number;
    patienceMs: number | null;
  };
  type Notify = { do: 'notify'; tag: string; title: string; text: string; route: string };
  type Effect =
    | Store
    | StoreVault
    | Http
    | Follow
    | { do: 'reply'; to: number; body: string }
    | { do: 'push'; tab: number; frame: number; body: string }
    | { do: 'notice'; body: string }
    | { do: 'openApproval'; tab: number | null }
    | { do: 'showTab'; route: string }
    | { do: 'focusWindow'; window: number }
    | { do: 'closeWindow'; window: number }
    | { do: 'setAlarm'; name: string; atMs: number }
    | { do: 'clearAlarm'; name: string }
    | { do: 'badge'; text: string }
    | Notify
    | PageScripts
    | { do: 'replace' };

  /** Why the host itself answers a channel. */
  type Refusal = 'internal' | 'storage' | 'locked' | 'restarted' | 'tooLarge';

  /** The wallet core in one WebAssembly instance. */
  interface Core {
    takeEffects(): string;
    handle(eventJson: string, nowMs: number): string;
    free(): void;
  }

  /** A core, and the way to leave nothing of it behind. */
  interface Instance {
    core: Core;
    discard(): void;
  }
}

/** Memory that a WebAssembly instance exports, among other things. */
interface WasmExports {
  memory: WebAssembly.Memory;
}

type WasmSource = { module_or_path: WebAssembly.Module | Promise<Response> };

declare module '*/wasm/background.js' {
  interface Instance {
    init(source: WasmSource): Promise<WasmExports>;
    Background: { wake(storedJson: string, nowMs: number): Host.Core };
  }
  export function createInstance(): Instance;
}

declare module '*/wasm/import.js' {
  interface Instance {
    init(source: WasmSource): Promise<WasmExports>;
    call(json: string): string;
  }
  export function createInstance(): Instance;
}

declare module '*/wasm/kdf.js' {
  interface Instance {
    init(source: WasmSource): Promise<WasmExports>;
    prepare(memoryKib: number): void;
    derive(password: Uint8Array, salt: Uint8Array, memoryKib: number, passes: number, lanes: number): Uint8Array;
  }
  export function createInstance(): Instance;
}

declare module '*/wasm/ui.js' {
  interface Instance {
    init(source: WasmSource): Promise<WasmExports>;
    start(): void;
  }
  export function createInstance(): Instance;
}

declare module '*/wasm/pages.js' {
  export { createInstance } from '*/wasm/ui.js';
}

declare module '*/wasm/import.js' {
  interface Instance {
    init(source: WasmSource): Promise<WasmExports>;
    call(json: string): string;
  }
  export function createInstance(): Instance;
}

declare module '*/wasm/strength.js' {
  export { createInstance } from '*/wasm/import.js';
}

declare module '*/wasm/scan.js' {
  export { createInstance } from '*/wasm/import.js';
}
