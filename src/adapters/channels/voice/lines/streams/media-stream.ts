/** One media stream of a call, by the names that its provider gives it. */
export interface MediaStream {
  readonly stream: string
  readonly account: string
  readonly call: string
  readonly from: string
  readonly to: string
  readonly parameters: Readonly<Record<string, string>>
}
