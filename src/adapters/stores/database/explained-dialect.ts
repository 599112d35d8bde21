import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver } from 'kysely'
import type { StoreError } from '../../../ports/store.js'

export interface DialectOptions {
  /** Makes an error for people of what the database, or the way to it, refused. */
  explain(cause: unknown): StoreError
  /** The statement that begins a transaction, instead of the dialect's own. */
  readonly begin?: string
  /** Whether tables can be made in a transaction, whatever the dialect says. */
  readonly supportsTransactionalDdl?: boolean
}

/** A dialect whose errors are told to people. */
export function explainedDialect(dialect: Dialect, { explain, begin, supportsTransactionalDdl }: DialectOptions): Dialect {
  return {
    createAdapter() {
      const adapter = dialect.createAdapter()
      return supportsTransactionalDdl === undefined
        ? adapter
        : Object.create(adapter, { supportsTransactionalDdl: { value: supportsTransactionalDdl } })
    },
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: db => dialect.createIntrospector(db),
    createDriver: () => explainedDriver(dialect.createDriver(), explain, begin),
  }
}

function explainedDriver(driver: Driver, explain: DialectOptions['explain'], begin: string | undefined): Driver {
  const known = new WeakSet<DatabaseConnection>()
  const explained = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work()
    } catch (cause) {
      throw explain(cause)
    }
  }
  return {
    init: () => driver.init(),
    async acquireConnection() {
      const connection = await explained(() => driver.acquireConnection())
      if (known.has(connection)) return connection
      // The driver wants its own connection back, so that one is changed instead of wrapped.
      known.add(connection)
      const execute = connection.executeQuery.bind(connection)
      return Object.assign(connection, { executeQuery: (query: CompiledQuery) => explained(() => execute(query)) })
    },
    async beginTransaction(connection, settings) {
      if (begin === undefined) return driver.beginTransaction(connection, settings)
      await connection.executeQuery(CompiledQuery.raw(begin))
    },
    commitTransaction: connection => driver.commitTransaction(connection),
    rollbackTransaction: connection => driver.rollbackTransaction(connection),
    releaseConnection: connection => driver.releaseConnection(connection),
    destroy: () => driver.destroy(),
  }
}
