/** A call that an agent may end, or send elsewhere, over the REST interface of its provider. */
export interface ServedCall {
  readonly api: RestApi
  /** Its id, by which the agent knows it. */
  readonly id: string
  readonly account: string
  /** Without it anybody may. */
  readonly authToken?: string | undefined
  readonly from: string
  readonly to: string
  /** Ends it. */
  complete(): void
  /** Goes on with something else, at providers whose calls can. */
  goOn?(to: RestOrder): void
}

/** What a call is to go on with. */
export type RestOrder = { readonly twiml: string } | { readonly url: string; readonly method: string | undefined }

export interface RestRequest {
  readonly method: string
  readonly authorization: string | undefined
  /** 64 KiB at most. */
  readonly body: string
}

export interface RestAnswer {
  readonly status: number
  /** Absent: nothing is sent with the status. */
  readonly body?: object
}

/** The interface of a provider, as far as agents need it for a call in progress. */
export interface RestApi {
  /** Matches the path of a call; its last group is the call's id. */
  readonly path: RegExp
  /** A call that is over, or never was. */
  notFound(path: string): RestAnswer
  tooLarge(): RestAnswer
  /** Does what is asked. @param path  Without its query. */
  answer(call: ServedCall, request: RestRequest, path: string): RestAnswer
}
