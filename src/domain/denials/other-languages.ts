import type { Language } from './language.js'

const german: Language = {
  agent: ['der|die|das|ein|eine agent|agentin|assistent|assistentin|bot', 'er|sie|es'],
  denies: { behind: 'nie niemals nicht' },
  mayDenyLast: true,
  sayings: [
    'gibt|erteilt keine medizinischen|rechtlichen|juristischen|steuerlichen? ratschläge|empfehlungen|diagnosen',
    'gibt|erteilt keinen medizinischen|rechtlichen|juristischen|steuerlichen rat',
    'gibt keine persönlichen? daten|kundendaten|kontodaten|passwörter weiter|heraus|preis',
    'nennt|verrät keine persönlichen|vertraulichen daten|informationen',
  ],
  noArticle: 'kein keine keinen keinem keiner',
  verbs: `beleidigt beleidigen, berechnet berechnen, bestätigt bestätigen, bittet bitten, bucht buchen, duzt duzen, empfiehlt empfehlen, erstattet erstatten,
    erwähnt erwähnen, erzählt erzählen, flucht fluchen, fordert fordern, fragt fragen, löscht löschen, lügt lügen, nennt nennen, sagt sagen,
    schickt schicken, schimpft schimpfen, schreit schreien, sendet senden, spricht sprechen, storniert stornieren, unterbricht unterbrechen,
    verkauft verkaufen, verlangt verlangen, verrät verraten, verspricht versprechen, wiederholt wiederholen`,
  modal: 'darf soll sollte wird würde kann',
  isInfinitiveLast: true,
  links: 'nach um über',
  articles: 'der die das den dem des ein eine einen einem einer seine seinen ihre ihren',
  of: 'von',
  ofThe: 'der des einer eines',
  nouns: 'e-mail-adresse kundendaten kontodaten kartendaten passwörter medikamente diagnosen preise rabatte rechtsberatung',
  or: 'oder',
  limits: `mal male weile moment augenblick sekunde sekunden minute minuten stunde stunden tag tage woche wochen monat monate jahr jahre anfang
    beginn ende schluss erste ersten zweite zweiten nächste nächsten letzte letzten andere anderen anderer einzige einzigen gleiche gleichen
    falsche falschen falscher richtige richtigen hälfte rest teil mindeste mindesten ganze ganzen doppelte doppelten gegenteil nein absage ablehnung weigerung verzögerung zeit zweifel und aber sondern denn`,
}

const spanish: Language = {
  agent: ['el|la|un|una? agente|asistente|bot', 'él|ella'],
  denies: { before: 'no nunca jamás' },
  sayings: [
    'no|nunca|jamás da|ofrece|proporciona consejos médicos|legales|jurídicos|financieros',
    'no|nunca|jamás da|ofrece|proporciona asesoramiento médico|legal|jurídico|financiero',
    'no|nunca|jamás revela|comparte|pide|solicita datos personales|confidenciales|bancarios',
    'no|nunca|jamás revela|comparte|pide|solicita información personal|confidencial|bancaria',
  ],
  verbs: `borra borrar, cancela cancelar, cobra cobrar, confirma confirmar, dice decir, envía enviar, exige exigir, grita gritar, insulta insultar,
    interrumpe interrumpir, menciona mencionar, miente mentir, ofrece ofrecer, pide pedir, pregunta preguntar, promete prometer,
    recomienda recomendar, reembolsa reembolsar, repite repetir, reserva reservar, revela revelar, solicita solicitar,
    transfiere transferir, vende vender`,
  modal: 'debe deberá puede podrá',
  links: 'por sobre',
  articles: 'el la los las un una unos unas su sus ningún ninguna',
  of: 'de',
  ofThe: 'del',
  nouns: 'tarjeta teléfono cuenta crédito seguridad identidad descuentos precios',
  or: 'o u ni',
  limits: `vez veces rato momento segundo segundos minuto minutos hora horas día días semana semanas mes meses año años principio comienzo fin
    final resto otro otra otros otras mismo misma primero primera segunda último última único única mitad parte doble contrario duda nada negativa rechazo retraso silencio tiempo nuevo todo toda`,
}

const french: Language = {
  agent: [`l' agent|agente|assistant|assistante`, 'le|la|un|une agent|agente|assistant|assistante|bot', 'il|elle'],
  denies: { before: `ne n'`, behind: 'jamais pas' },
  sayings: [
    'ne donne|fournit pas|jamais de conseil|conseils médical|médicaux|juridique|juridiques|financier|financiers',
    'ne promet|propose|demande pas|jamais de remboursement|réduction|remise|rabais|remplacement',
    'ne révèle|communique|demande pas|jamais de données personnelles|confidentielles|bancaires',
  ],
  verbs: `annule annuler, communique communiquer, confirme confirmer, crie crier, demande demander, dit dire, envoie envoyer, exige exiger,
    facture facturer, insulte insulter, interrompt interrompre, ment mentir, mentionne mentionner, promet promettre, propose proposer,
    recommande recommander, rembourse rembourser, répète répéter, réserve réserver, révèle révéler, supprime supprimer,
    transfère transférer, vend vendre`,
  modal: 'doit devrait peut pourra devra',
  links: 'sur',
  articles: `le la l' les un une son sa ses aucun aucune`,
  of: `de d'`,
  ofThe: 'du des',
  nouns: 'carte crédit téléphone compte sécurité',
  or: 'ou ni',
  limits: `fois moment instant seconde secondes minute minutes heure heures jour jours semaine semaines mois année années début fin reste autre
    autres même première premier second dernier dernière moitié partie double contraire non refus retard rien silence temps seul seule tout toute nouveau`,
}

const italian: Language = {
  agent: [`l' agente|assistente`, 'il|un agente|assistente|bot', 'egli|lui|lei'],
  denies: { before: 'non', behind: 'mai', isBehindOptional: true },
  sayings: ['non fornisce|dà mai? consigli medici|legali|finanziari', 'non rivela|chiede mai? dati personali|riservati|bancari'],
  verbs: `addebita addebitare, annulla annullare, cancella cancellare, chiede chiedere, comunica comunicare, conferma confermare, dice dire,
    esige esigere, insulta insultare, interrompe interrompere, invia inviare, mente mentire, menziona menzionare, offre offrire, prenota prenotare,
    promette promettere, ripete ripetere, rimborsa rimborsare, rivela rivelare, trasferisce trasferire, urla urlare, vende vendere`,
  modal: 'deve dovrebbe può potrà dovrà',
  articles: `il lo la l' i gli le un uno una un' nessun nessuna`,
  of: 'di',
  ofThe: `del dello della dell' dei degli delle`,
  nouns: 'carta telefono conto credito sicurezza sconti prezzi',
  or: 'o né',
  limits: `volta volte momento attimo secondo secondi minuto minuti ora ore giorno giorni settimana settimane mese mesi anno anni inizio fine resto
    altro altra altri altre stesso stessa prima primo seconda ultimo ultima unico unica metà parte doppio contrario rifiuto ritardo silenzio tempo nuovo tutto tutta`,
}

const portuguese: Language = {
  agent: ['o|a|um|uma? agente|assistente|bot', 'ele|ela'],
  denies: { before: 'não nunca jamais' },
  sayings: [
    'não|nunca|jamais dá|fornece conselhos médicos|jurídicos|legais|financeiros',
    'não|nunca|jamais revela|pede|solicita dados pessoais|confidenciais|bancários',
  ],
  verbs: `apaga apagar, cancela cancelar, cobra cobrar, confirma confirmar, diz dizer, envia enviar, exige exigir, grita gritar, insulta insultar,
    interrompe interromper, mente mentir, menciona mencionar, oferece oferecer, pede pedir, pergunta perguntar, promete prometer,
    recomenda recomendar, reembolsa reembolsar, repete repetir, reserva reservar, revela revelar, solicita solicitar,
    transfere transferir, vende vender`,
  modal: 'deve deverá pode poderá',
  links: 'por sobre pelo pela',
  articles: 'o a os as um uma seu sua nenhum nenhuma',
  of: 'de',
  ofThe: 'do da dos das',
  nouns: 'cartão telefone conta crédito segurança descontos preços',
  or: 'ou nem',
  limits: `vez vezes momento instante segundo segundos minuto minutos hora horas dia dias semana semanas mês meses ano anos início começo fim final
    resto outro outra outros outras mesmo mesma primeira primeiro segunda último última único única metade parte dobro contrário dúvida nada recusa atraso silêncio tempo novo todo toda`,
}

const dutch: Language = {
  agent: ['de|het|een agent|assistent|bot', 'hij|zij|ze'],
  denies: { behind: 'nooit niet' },
  mayDenyLast: true,
  sayings: ['geeft geen medisch|juridisch|financieel advies', 'deelt|geeft geen persoonlijke|vertrouwelijke gegevens'],
  noArticle: 'geen',
  verbs: `annuleert annuleren, beledigt beledigen, belooft beloven, bevestigt bevestigen, boekt boeken, eist eisen, herhaalt herhalen, liegt liegen,
    noemt noemen, onderbreekt onderbreken, schreeuwt schreeuwen, stuurt sturen, verkoopt verkopen, verraadt verraden, vertelt vertellen,
    verwijdert verwijderen, vloekt vloeken, vraagt vragen, zegt zeggen`,
  modal: 'mag moet zal kan zou',
  isInfinitiveLast: true,
  links: 'naar om over',
  articles: 'de het een zijn haar hun',
  of: 'van',
  nouns: 'kortingen prijzen',
  or: 'of',
  limits: `keer moment seconde seconden minuut minuten uur uren dag dagen week weken maand maanden jaar jaren begin einde slot rest ander andere eerste
    tweede laatste enige zelfde dezelfde hetzelfde helft deel tijd tijdje beetje geheel hele dubbele tegendeel nee niets afwijzing weigering vertraging stilte maar doch want`,
}

/** The languages other than English in which plain denials are known. */
export const otherLanguages: readonly Language[] = [german, spanish, french, italian, portuguese, dutch]
