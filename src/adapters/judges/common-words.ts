import { wordList } from './word-list.js'
import { hasContent } from './words.js'

/** Common words of languages besides those of `words.ts`, written in the Latin or the Cyrillic alphabet. */
const common = wordList(
  'never not nothing nobody cannot without dont cant ' +
    'nie nicht kein keine nichts ohne nunca nada sin ne pas jamais rien sans non mai niente senza não nem nooit niet geen',
  'yes please thanks thank bye hello want need no ok okay pls thx not know just like when what how why where there here all so if but',
  'ja nein bitte danke hallo möchte habe brauche kann ich mich mein meine wie was wann auch nur aber weiss',
  'sí gracias hola quiero necesito tengo mi me yo cuando cómo pero muy bien como para adiós favor',
  'oui merci bonjour je veux voudrais ai mon ma mes moi vous comment quand mais bien revoir plaît',
  'sì grazie ciao voglio vorrei ho mio mia io mi come quando ma bene per favore',
  'sim obrigado obrigada olá quero preciso tenho meu minha eu como quando mas muito bem por favor',
  'alsjeblieft dank hallo wil heb nodig ik mijn hoe wat wanneer maar ook graag dag ja nee',
  'nie tak się jest mam chcę proszę dziękuję dzień dobry na do że to mi mój moja co jak ale już czy od za po są był',
  'ne ano je mám chci prosím děkuji dobrý den na do že to mi můj moje co jak ale už se si za po jsem byl není',
  'nie áno je mám chcem prosím ďakujem dobrý deň na do že to mi môj moje čo ako ale už sa si za po som bol',
  'ne da je sam imam želim molim hvala dobar dan na do to mi moj moja što kako ali se za od ja nisam nije u ste',
  'ne da je sem imam želim prosim hvala dober dan na do to mi moj moja kaj kako ali se za od jaz nimam bi rad',
  'nem igen van vagyok kérem köszönöm szeretném jó napot az egy és hogy meg nincs ez de ha én mi is viszlát',
  'ei kyllä on olen minun minulla haluan kiitos hei ja se että mutta en minä mitä miten voi ole hän',
  'ei jah on olen minu mul tahan palun aitäh tere ja see et aga ma mis kuidas oma',
  'nē jā ir esmu man mans vēlos lūdzu paldies un tas bet es kas kā nav no ar uz',
  'ne taip yra esu man mano noriu prašau ačiū ir tai bet aš kas kaip nėra su į labas viso',
  'nej ja är jag har vill mitt min tack hej och det att inte på för med som en ett vet hur vad',
  'nei ja er jeg har vil mitt min takk hei og det at ikke på for med som en et vet hvordan hva',
  'nej ja er jeg har vil mit min tak hej og det at ikke på for med som en et ved hvordan hvad gerne',
  'nei já er ég hef vil minn mín takk og það að ekki á fyrir með sem þú vá veit',
  'yn dw mae eisiau fy i ar dim ddim diolch os hynny ac oes gan wedi bod roi rhif hwyl neu bawb gyda',
  'tá níl agam mo is an na go le maith liom agus ach raibh slán ar',
  'evet hayır bir ve bu ben benim için istiyorum lütfen teşekkürler merhaba var yok ne nasıl ama de da mi',
  'po jo një dhe nuk kam dua të më im ime faleminderit është për me në se si',
  'iva le ma hu hija jien għandi rrid grazzi li ta tal fil dan mhux',
  'bai ez dut da eta nire nahi mesedez eskerrik asko kaixo bat nago dago',
  'da nu este am vreau mea meu te rog mulțumesc bună și să la cu pe un din pentru ce cum dar fi',
  'sí no és tinc vull meu meva gràcies hola si us plau que amb per els en una',
  'không có tôi là của và cho muốn được xin cảm ơn chào này một thì mà bị ạ đã rồi',
  'ya tidak saya mau aku ada yang dan di ini itu terima kasih tolong nya untuk dengan bisa apa tapi',
  'oo hindi ako ko ang ng sa po na kong mga ay salamat gusto wala may lang si',
  'ndiyo hapana nina sina nataka yangu wangu ya wa na ni kwa asante tafadhali habari kwaheri',
  'yebo cha ngi ngifuna yami wami ukuthi futhi ngiyabonga sawubona kahle nga',
  'haa maya waan waxaan rabaa ma iyo ku ka oo waa aan mahadsanid',
  'eh na ne ni da ba ina so don nan gode sai ta ya',
  'jes ne mi mia mian estas havas volas la kaj dankon bonvolu saluton ke por',
  'не да я и в на что мне мой моя моё меня есть это у нет хочу пожалуйста спасибо здравствуйте как но мы вы бы за по с до уже не был',
  'не так я і в на що мені мій моя є це у немає хочу будь ласка дякую добрий день як але ви за по до',
  'не да аз и в на че ми моя си е това имам нямам искам моля благодаря добър ден как но се за от съм ги',
  'не да ја и у на да ми мој је то имам немам желим молим хвала добар дан како али се за од сам',
  'не да јас и во на дека ми мој е тоа имам немам сакам ве молам благодарам како но се за од сум ги',
  'иә жоқ мен менің бар және бұл керек рақмет сәлем не қалай үшін',
  'үгүй тийм би миний байна энэ нь баярлалаа сайн уу болон гэж',
)

/** Whether a word is one that people use all the time, in one of forty languages. Folded. */
export function isCommon(word: string): boolean {
  return !hasContent(word) || common.has(word)
}
