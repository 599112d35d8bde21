import type { SqliteDatabase, SqliteStatement } from 'kysely'

/** More statements would hardly be asked for again. */
const mostStatements = 200
/** A longer statement inserts many rows, and seldom as many again. */
const longestStatement = 4_000

/** The part of an embedded database that statements need. */
interface Preparing {
  prepare(sql: string): SqliteStatement
  close(): void
}

/**
 * An embedded database that prepares a statement once and then keeps it. One that fails is not kept: `libsql` leaves a statement open that
 * found the file locked.
 */
export function keepingStatements(database: Preparing): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()

  const keep = (sql: string, statement: SqliteStatement): SqliteStatement => {
    const whileItWorks = <Answer>(work: () => Answer): Answer => {
      kept.delete(sql)
      const answer = work()
      kept.set(sql, keeping)
      return answer
    }
    const keeping: SqliteStatement = {
      reader: statement.reader,
      all: parameters => whileItWorks(() => statement.all(parameters)),
      run: parameters => whileItWorks(() => statement.run(parameters)),
      // Rows that are read one by one may never be read to the end, which leaves the statement in use.
      iterate: parameters => database.prepare(sql).iterate(parameters),
    }
    if (kept.size >= mostStatements) kept.delete(kept.keys().next().value ?? '')
    return keeping
  }

  return {
    prepare(sql) {
      const statement = kept.get(sql) ?? database.prepare(sql)
      return kept.has(sql) || sql.length > longestStatement ? statement : keep(sql, statement)
    },
    close: () => database.close(),
  }
}
