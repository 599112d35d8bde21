/**
 * How an agent broke off in the middle: its model's answer was too long (`finish_reason: length`) or filtered (`content_filter`),
 * or it closed with the code 1001, "going away".
 */
export type CutOff = (typeof cutOffs)[number]

export const cutOffs = ['length', 'content_filter', 'going_away'] as const
