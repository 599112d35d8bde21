/**
 * The words of a text as they would be spoken, so that different spellings of the same speech are the same words: `$20`, `20 dollars` and
 * `twenty dollars`; `2nd` and `second`; `A-B-1-2`, `AB12` and `A B one two`. Numbers become their digits, one by one. Hesitations are left
 * out.
 *
 * Numbers in words are English. In scripts without spaces between words, each character is a word.
 */
export function spokenWords(text: string): string[] {
  return spellings(numbers(tokens(text)))
}

const hesitations = new Set(['um', 'uh', 'uhm', 'erm', 'er', 'hm', 'hmm', 'mm', 'mhm', 'mmhm', 'oclock'])
const currencies: Readonly<Record<string, readonly [whole: string, part: string]>> = {
  '$': ['dollar', 'cent'],
  '€': ['euro', 'cent'],
  '£': ['pound', 'penny'],
}
const sameAs: Readonly<Record<string, string>> = {
  'dollars': 'dollar',
  'cents': 'cent',
  'euros': 'euro',
  'pounds': 'pound',
  'pence': 'penny',
  'pennies': 'penny',
  'okay': 'ok',
  '%': 'percent',
  '&': 'and',
  '+': 'plus',
}

/** In lower case, with digits apart from letters, and money in the order in which it is said. */
function tokens(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\S+@\S+/g, address => address.replaceAll('@', ' at ').replace(/\.(?=\w)/g, ' dot '))
    .replace(/[’'ʼ]/g, '')
    // p.m., U.S.
    .replace(/(?<![\p{L}\p{N}])(?:\p{L}\.){2,}/gu, abbreviation => abbreviation.replaceAll('.', ''))
    .replace(/(?<=\d)[,_ ](?=\d{3}(?!\d))/g, '')
    .replace(/([$€£])\s?(\d+)(?:\.(\d\d))?/g, (_, sign: string, whole: string, part?: string) => {
      const [unit, small] = currencies[sign]!
      return ` ${whole} ${unit} ${part === undefined || part === '00' ? '' : `${part} ${small}`} `
    })
    .replace(/(?<=\d):00(?!\d)/g, '')
    .replace(/(\d+)(?:st|nd|rd|th)(?!\p{L})/gu, '$1')
    .replace(/(?<=\d)\.(?=\d)/g, ' point ')
    .replace(/[%&+]/g, sign => ` ${sameAs[sign]!} `)
    .replace(/(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu, ' ')
  return (plain.match(token) ?? []).map(each => sameAs[each] ?? each).filter(each => !hesitations.has(each))
}

const unspaced = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`
const token = new RegExp(String.raw`[${unspaced}]\p{M}*|\p{N}+|(?:(?![${unspaced}])[\p{L}\p{M}])+`, 'gu')

const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const unitOrdinals =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'
const tenOrdinals = 'twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth'
const scales: Readonly<Record<string, number>> = { hundred: 100, hundredth: 100, thousand: 1000, thousandth: 1000, million: 1_000_000 }

const valueOf = new Map<string, number>([
  ...[units, unitOrdinals].flatMap(list => list.split(' ').map((word, value) => [word, value] as const)),
  ...[tens, tenOrdinals].flatMap(list => list.split(' ').map((word, index) => [word, 20 + 10 * index] as const)),
])

/** Replaces numbers, in words or not, by their digits. */
function numbers(words: readonly string[]): string[] {
  const found: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!
    const before = words[at - 1]
    const next = words[at + 1] ?? ''
    if (word === 'double' && isNumber(next)) {
      const [digit = ''] = digitsAt(words, at + 1).digits
      found.push(digit)
    } else if ((word === 'oh' || word === 'o') && isNumber(before) && isNumber(next)) found.push('0')
    // One hundred and five; twenty dollars and fifty cents.
    else if (word === 'and' && isCounted(before) && isNumber(next)) continue
    else if (word === 'a' && next in scales) continue
    else if (isNumber(word)) {
      const { digits, length } = digitsAt(words, at)
      found.push(...digits)
      at += length - 1
    } else found.push(word)
  }
  return found
}

function isNumber(word: string | undefined): boolean {
  return word !== undefined && (valueOf.has(word) || Object.hasOwn(scales, word) || /^\p{N}/u.test(word))
}

/** Whether a number may go on after this word. */
function isCounted(word: string | undefined): boolean {
  return isNumber(word) || Object.values(currencies).some(([unit]) => unit === word)
}

/** The digits of the number that begins here, and of how many words it is. */
function digitsAt(words: readonly string[], from: number): { readonly digits: readonly string[]; readonly length: number } {
  const first = words[from]!
  if (!valueOf.has(first) && !Object.hasOwn(scales, first)) return { digits: Array.from(first), length: 1 }
  let total = 0
  let group = 0
  let at = from
  for (; at < words.length; at += 1) {
    const word = words[at]!
    const value = valueOf.get(word)
    if (value !== undefined && (at === from || goesOn(group, value, words[at - 1]!))) group += value
    else if (Object.hasOwn(scales, word)) {
      const scale = scales[word]!
      if (scale === 100) group = Math.max(1, group) * 100
      else {
        total += Math.max(1, group) * scale
        group = 0
      }
    } else if (word === 'and' && Object.hasOwn(scales, words[at - 1]!) && valueOf.has(words[at + 1] ?? '')) continue
    else break
  }
  return { digits: String(total + group).split(''), length: at - from }
}

/** Whether a word is part of the same number: after "twenty", "one" is; after "one", "two" is not. */
function goesOn(group: number, value: number, before: string): boolean {
  if (before === 'and' || Object.hasOwn(scales, before)) return true
  const last = valueOf.get(before)
  return last !== undefined && last >= 20 && value >= 1 && value <= 9 && group % 10 === 0
}

/** Joins letters that are spelt one by one. */
function spellings(words: readonly string[]): string[] {
  const joined: string[] = []
  let isSpelling = false
  for (const word of words) {
    const isLetter = /^\p{L}$/u.test(word) && !new RegExp(`[${unspaced}]`, 'u').test(word)
    if (isLetter && isSpelling) joined[joined.length - 1] += word
    else joined.push(word)
    isSpelling = isLetter
  }
  return joined
}
