import { foldText } from '../fold-text.js'

/**
 * Whether a sentence begins as a denial does: a subject of one to three words and a negation. What comes behind it is not read, so
 * it may ask for something all the same.
 */
export function beginsAsDenial(sentence: string): boolean {
  const folded = foldText(sentence).trim()
  return beginnings.some(beginning => beginning.test(folded))
}

const auxiliary = `(?:must|should|may|might|will|would|can|could|shall|does|do|did|is|are|was|were|has|have|had|gets?)`

const beginnings = [
  /^(?:no|nothing|nobody|none|never|neither|nor|(?:at|under|on|by) no \S+|in no (?!time )\S+|kein\p{L}*|nichts|niemand|nie|niemals|nada|nadie|nunca|jamais|rien|personne|aucun|nulla|nessun[oa]?|niente|geen|niets|niemand|nooit) /u,
  new RegExp(`^(?:\\S+ ){1,3}?(?:${auxiliary} (?:never|not|neither)|never|not|neither|cannot|\\S+n't|avoids|refrains)(?! to ) `, 'u'),
  /^(?:der|die|das|ein|eine|de|het|een|er|sie|es|hij|zij|ze) (?:\S+ ){1,3}?(?:nie|niemals|nicht|kein\p{L}*|nooit|niet|geen)(?: |$)/u,
  /^(?:der|die|das|ein|eine|de|het|een|er|sie|es|hij|zij|ze) (?:(?!(?:und|aber|en|maar) )[^\s,;]+ ){1,10}?(?:nie|niemals|nicht|nooit|niet)[.!]?$/u,
  /^(?:\S+ ){1,4}?(?:weder|ni|né|nem|noch) .+ (?:noch|ni|né|nem) /u,
  /^(?:(?:el|la|los|las|un|una|o|a|os|as|um|uma|il|lo) \S+|l'\S+|él|ella|ele|ela|egli|lui|lei) (?:no|nunca|jamás|não|jamais|non) /u,
  /^(?:(?:le|la|les|un|une) \S+|l'\S+|il|elle|ils|elles) (?:ne |n')/u,
]

/**
 * Whether a sentence begins with something that is done once, such as a refund, and so describes no manner.
 */
export function beginsAsEvent(sentence: string): boolean {
  return event.test(foldText(sentence).trim())
}

const event =
  /^(?:\S+ ){1,3}?(?:apologi[sz]es?|books?|calls? back|cancels?|charges?|hands? over|opens?|refunds?|reimburses?|replaces?|sends?|transfers?|bucht|entschuldigt|erstattet|schickt|sendet|storniert|cancela|envía|reembolsa|reserva|annule|envoie|rembourse|réserve|annulla|invia|prenota|rimborsa|envia|annuleert|boekt|stuurt)(?![\p{L}\p{N}'-])/u

/** Whether a sentence begins with a verb that denies by its meaning: `The agent forgets to apologise`. */
export function beginsAsOmission(sentence: string): boolean {
  return omission.test(foldText(sentence).trim())
}

const omission =
  /^(?:\S+ ){1,3}?(?:conceals?|declines?|denies|deny|fails?|forgets?|hides?|ignores?|neglects?|omits?|refuses?|rejects?|withholds?|vergisst|verschweigt|versäumt|verweigert|weigert|niega|olvida|omite|rechaza|omet|oublie|refuse|dimentica|omette|rifiuta|esquece|recusa|vergeet|weigert)(?![\p{L}\p{N}'-])/u
