/** What tells an agent's speech from silence in a suite's calls: plain data. */
export type DetectorSettings =
  | { readonly name: 'energy' | 'fvad' }
  | {
      readonly name: 'silero'
      /** The file of its model. */
      readonly model: string
    }
