/**
 * Whether a word may open a clause inside a sentence, or stand in one: `that`, `is`, `says`. In the languages we know; what follows
 * such a word in its sentence may belong to that clause.
 */
export function mayOpenClause(word: string): boolean {
  return clauseWords.has(word) || word.startsWith("qu'")
}

const clauseWords = new Set(
  (
    'that whether if what who whom whose which where when whenever while before after until unless because since so though although as than ' +
    'how why is are was were has have had will would can could may might be been he she it they say says tell tells told explain explains ' +
    'confirm confirms promise promises mention mentions state states inform informs assure assures claim claims announce announces think ' +
    'thinks know knows hope hopes warn warns admit admits suggest suggests remind reminds repeat repeats read reads ' +
    'saying telling believe believes insist insists write writes add adds note notes reply replies answer answers pretend pretends quote quotes ' +
    'sure assume assumes ensure ensures guarantee guarantees ' +
    'dass ob wenn weil während bevor nachdem bis was wer wie wo ist sind war hat haben wird er sie es sagt erklärt bestätigt verspricht ' +
    'erwähnt informiert versichert behauptet ' +
    'que si cuando porque mientras antes quien es está son fue ha él ella dice explica confirma promete menciona informa asegura afirma ' +
    'qui quand lorsque parce pendant avant est sont été il elle dit explique confirme promet mentionne informe assure affirme ' +
    'che se quando perché mentre prima chi è sono lui lei spiega conferma promette assicura afferma ' +
    'enquanto quem é são foi tem ele ela diz garante ' +
    'dat als wanneer omdat terwijl voordat nadat wat wie zijn heeft hij zij ze zegt vertelt bevestigt belooft meldt verzekert'
  ).split(' '),
)
