/** The part of it that is used: Node has it, and Node's types leave it to browsers. */
declare namespace WebAssembly {
  interface Module {
    readonly __brand: 'WebAssembly.Module'
  }
  interface Memory {
    readonly buffer: ArrayBuffer
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>
  }
  function compile(bytes: Uint8Array): Promise<Module>
  function instantiate(module: Module, imports: object): Promise<Instance>
}
