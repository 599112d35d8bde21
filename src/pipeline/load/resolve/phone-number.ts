import { normalisePhoneNumber } from '../../../domain/phone-number.js'

/** A telephone number of the suite in E.164. The schema has checked its shape. */
export function phoneNumber(spelled: string | undefined): string | undefined {
  return spelled === undefined ? undefined : (normalisePhoneNumber(spelled) ?? spelled)
}
