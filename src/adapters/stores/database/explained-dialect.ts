import type { CompiledQuery, DatabaseConnection, Dialect, Driver } from 'kysely'
import type { StoreError } from '../../../ports/store.js'

export interface DialectOptions {
  /** Turns an error of the database or its connection into one for people. */
  explain(cause: unknown): StoreError
  /** Begins a transaction, instead of the dialect's own statement. */
  begin?(): void
  /** Whether tables can be made in a transaction; overrides the dialect. */
  readonly supportsTransactionalDdl?: boolean
}

/** A dialect with errors for people. */
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

function explainedDriver(driver: Driver, explain: DialectOptions['explain'], begin: DialectOptions['begin']): Driver {
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
      // The driver expects its own connection object back, so that object is changed instead of wrapped.
      known.add(connection)
      const execute = connection.executeQuery.bind(connection)
      return Object.assign(connection, { executeQuery: (query: CompiledQuery) => explained(() => execute(query)) })
    },
    async beginTransaction(connection, settings) {
      if (begin === undefined) return driver.beginTransaction(connection, settings)
      await explained(async () => begin())
    },
    commitTransaction: connection => driver.commitTransaction(connection),
    rollbackTransaction: connection => driver.rollbackTransaction(connection),
    releaseConnection: connection => driver.releaseConnection(connection),
    destroy: () => driver.destroy(),
  }
}
