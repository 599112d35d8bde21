// What a program compiled for WASI needs of a system: 13 functions over files in memory. Node's own `node:wasi` is not used, because it
// crashes Node 20 after a few runs.
// See https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md
import { MemoryFiles } from './memory-files.js'

const [success, badDescriptor, invalid, noEntry] = [0, 8, 28, 44]
const [characters, directory, regular] = [2, 3, 4]
const [creates, truncates] = [1, 8]
const allRights = 0xffff_ffff_ffff_ffffn
/** The one folder that there is. */
const root = 3

/** Thrown to leave the program where it exits. */
class Exit extends Error {
  /** @param {number} code */
  constructor(code) {
    super(`exit code ${code}`)
    this.code = code
  }
}

/**
 * Runs a program to its end.
 *
 * @param {WebAssembly.Module} module
 * @param {readonly string[]} args  Its name first.
 * @param {ReadonlyMap<string, Uint8Array>} files  By name; they are in its root.
 * @returns How it ended, and its files. @throws {WebAssembly.RuntimeError} when it crashes.
 */
export async function runWasi(module, args, files) {
  const stored = new MemoryFiles(files, root + 1)
  /** @type {{ memory?: WebAssembly.Memory }} */
  const own = {}
  const memory = () => own.memory?.buffer ?? new ArrayBuffer(0)
  const system = { ...argumentsOf(args, memory), ...descriptorsOf(stored, memory), ...pathsOf(stored, memory), clock_time_get, proc_exit }
  const { exports } = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: system })
  own.memory = /** @type {WebAssembly.Memory} */ (exports['memory'])
  let exitCode = 0
  try {
    ;/** @type {() => void} */ (exports['_start'])()
  } catch (error) {
    if (!(error instanceof Exit)) throw error
    exitCode = error.code
  }
  return {
    exitCode,
    printed: stored.textOf(1),
    complained: stored.textOf(2),
    content: (/** @type {string} */ name) => stored.content(name),
  }

  /** Always the same time: the same words sound the same. @param {number} _clock @param {bigint} _precision @param {number} time */
  function clock_time_get(_clock, _precision, time) {
    new DataView(memory()).setBigUint64(time, 0n, true)
    return success
  }
}

/** @typedef {() => ArrayBuffer} Memory  The program's; another one after it grew. */

/** @param {readonly string[]} args @param {Memory} memory */
function argumentsOf(args, memory) {
  const words = args.map(arg => Buffer.from(`${arg}\0`))
  return {
    /** @param {number} argv @param {number} buffer */
    args_get(argv, buffer) {
      let at = buffer
      for (const [i, word] of words.entries()) {
        new DataView(memory()).setUint32(argv + 4 * i, at, true)
        new Uint8Array(memory()).set(word, at)
        at += word.length
      }
      return success
    },
    /** @param {number} count @param {number} size */
    args_sizes_get(count, size) {
      new DataView(memory()).setUint32(count, words.length, true)
      new DataView(memory()).setUint32(size, Buffer.concat(words).length, true)
      return success
    },
  }
}

/** @param {MemoryFiles} files @param {Memory} memory */
function descriptorsOf(files, memory) {
  const view = () => new DataView(memory())
  /** The parts of the memory to read into or to write from. @param {number} parts @param {number} count */
  const partsAt = (parts, count) =>
    Array.from({ length: count }, (_, i) => {
      return new Uint8Array(memory(), view().getUint32(parts + 8 * i, true), view().getUint32(parts + 8 * i + 4, true))
    })

  return {
    /** @param {number} fd */
    fd_close: fd => (files.close(fd) ? success : badDescriptor),
    /** @param {number} fd @param {number} stat */
    fd_fdstat_get(fd, stat) {
      if (fd !== root && !files.isOpen(fd)) return badDescriptor
      view().setUint8(stat, fd === root ? directory : fd < root ? characters : regular)
      view().setUint16(stat + 2, 0, true)
      view().setBigUint64(stat + 8, allRights, true)
      view().setBigUint64(stat + 16, allRights, true)
      return success
    },
    fd_fdstat_set_flags: () => success,
    /** @param {number} fd @param {number} parts @param {number} count @param {number} read */
    fd_read(fd, parts, count, read) {
      if (!files.isOpen(fd)) return badDescriptor
      const total = partsAt(parts, count).reduce((sum, part) => sum + files.read(fd, part), 0)
      view().setUint32(read, total, true)
      return success
    },
    /** @param {number} fd @param {bigint} offset @param {number} whence @param {number} position */
    fd_seek(fd, offset, whence, position) {
      if (fd <= root || !files.isOpen(fd)) return badDescriptor
      const at = files.seek(fd, Number(offset), whence)
      if (at === undefined) return invalid
      view().setBigUint64(position, BigInt(at), true)
      return success
    },
    /** @param {number} fd @param {number} parts @param {number} count @param {number} written */
    fd_write(fd, parts, count, written) {
      if (!files.isOpen(fd)) return badDescriptor
      const all = partsAt(parts, count)
      for (const part of all) files.write(fd, part)
      view().setUint32(
        written,
        all.reduce((sum, { length }) => sum + length, 0),
        true,
      )
      return success
    },
  }
}

/** @param {MemoryFiles} files @param {Memory} memory */
function pathsOf(files, memory) {
  return {
    /** @param {number} fd @param {number} prestat */
    fd_prestat_get(fd, prestat) {
      if (fd !== root) return badDescriptor
      new DataView(memory()).setUint32(prestat, 0, true)
      new DataView(memory()).setUint32(prestat + 4, 1, true)
      return success
    },
    /** @param {number} fd @param {number} path */
    fd_prestat_dir_name(fd, path) {
      if (fd !== root) return badDescriptor
      new DataView(memory()).setUint8(path, '/'.charCodeAt(0))
      return success
    },
    /** @param {any[]} use  Its folder, lookup flags, path and its length, flags, two sets of rights, more flags, and where the descriptor goes. */
    path_open(...use) {
      const [, , path, length, flags, , , , fd] = use
      const name = Buffer.from(memory(), path, length).toString()
      const opened = files.open(name, { creates: (flags & creates) !== 0, truncates: (flags & truncates) !== 0 })
      if (opened === undefined) return noEntry
      new DataView(memory()).setUint32(fd, opened, true)
      return success
    },
  }
}

/** @param {number} code */
function proc_exit(code) {
  throw new Exit(code)
}
