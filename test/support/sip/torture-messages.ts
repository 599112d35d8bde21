/** A message of RFC 4475, by its name there. */
export interface Torture {
  readonly name: string
  /** Its lines, to be joined with CRLF. `<length>` is that of its body. */
  readonly text: string
}

const via = 'Via: SIP/2.0/UDP 192.0.2.95;branch=z9hG4bKkdjuw.2234'
const sdp = (host = '192.0.2.1'): string =>
  [
    'v=0',
    `o=mhandley 29739 7272939 IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    'm=audio 49217 RTP/AVP 0 12',
    'm=video 3227 RTP/AVP 31',
    'a=rtpmap:31 LPC',
    '',
  ].join('\n')

/** 3.1.1: unusual, and valid. */
export const validMessages: readonly Torture[] = [
  {
    name: 'wsinv',
    text: String.raw`INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
TO :
 sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
from   : "J Rosenberg \\\""       <sip:jdrosen@example.com>
  ;
  tag = 98asjd8
MaX-fOrWaRdS: 0068
Call-ID: wsinv.ndaksdj@192.0.2.1
Content-Length   : 150
cseq: 0009
  INVITE
Via  : SIP  /   2.0
 /UDP
    192.0.2.2;branch=390skdjuw
s :
NewFangledHeader:   newfangled value
 continued newfangled value
UnknownHeaderWithUnusualValue: ;;,,;;,;
Content-Type: application/sdp
Route:
 <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
v:  SIP  / 2.0  / TCP     spindle.example.com   ;
  branch  =   z9hG4bK9ikj8  ,
 SIP  /    2.0   / UDP  192.168.255.111   ; branch=
 z9hG4bK30239
m:"Quoted string \"\"" <sip:jdrosen@example.com> ; newparam =
      newvalue ;
  secondparam ; q = 0.33

v=0
o=mhandley 29739 7272939 IN IP4 192.0.2.3
s=-
c=IN IP4 192.0.2.4
t=0 0
m=audio 49217 RTP/AVP 0 12
m=video 3227 RTP/AVP 31
a=rtpmap:31 LPC
`,
  },
  {
    name: 'intmeth',
    text: String.raw`!interesting-Method0123456789_*+${'`'}.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0
Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+${'`'}'~
To: "BEL:\BELL NUL:\NULL DEL:\RUBOUT" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com>
From: token1~${"` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%=\"работающий\";tag=_token~1'+${'`'}*%!-."}
Call-ID: intmeth.word%ZK-!.*_+'@word${'`'}~)(><:\/"][?}{
CSeq: 139122385 !interesting-Method0123456789_*+${'`'}.%indeed'~
Max-Forwards: 255
extensionHeader-!.%*+_${'`'}'~:大停電
Content-Length: 0

`
      .replace('BELL', '\u0007')
      .replace('NULL', '\0')
      .replace('RUBOUT', '\u007f'),
  },
  {
    name: 'esc01',
    text: `INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0
To: sip:%75se%72@example.com
From: <sip:I%20have%20spaces@example.net>;tag=938
Max-Forwards: 87
i: esc01.239409asdfakjkn23onasd0-3234
CSeq: 234234 INVITE
Via: SIP/2.0/UDP host5.example.net;branch=z9hG4bKkdjuw
C: application/sdp
Contact:
  <sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>
Content-Length: <length>

${sdp()}`,
  },
  {
    name: 'escnull',
    text: `REGISTER sip:example.com SIP/2.0
To: sip:null-%00-null@example.com
From: sip:null-%00-null@example.com;tag=839923423
Max-Forwards: 70
Call-ID: escnull.39203ndfvkjdasfkq3w4otrq0adsfdfnavd
CSeq: 14398234 REGISTER
Via: SIP/2.0/UDP host5.example.com;branch=z9hG4bKkdjuw
Contact: <sip:%00@host5.example.com>
Contact: <sip:%00%00@host5.example.com>
L:0

`,
  },
  {
    name: 'esc02',
    text: `RE%47IST%45R sip:registrar.example.com SIP/2.0
To: "%Z%45" <sip:resource@example.com>
From: "%Z%45" <sip:resource@example.com>;tag=f232jadfj23
Call-ID: esc02.asdfnqwo34rq23i34jrjasdcnl23nrlknsdf
Via: SIP/2.0/TCP host.example.com;branch=z9hG4bK209%fzsnel234
CSeq: 29344 RE%47IST%45R
Max-Forwards: 70
Contact: <sip:alias1@host1.example.com>
C%6Fntact: <sip:alias2@host2.example.com>
Contact: <sip:alias3@host3.example.com>
l: 0

`,
  },
  {
    name: 'lwsdisp',
    text: `OPTIONS sip:user@example.com SIP/2.0
To: sip:user@example.com
From: caller<sip:caller@example.com>;tag=323
Max-Forwards: 70
Call-ID: lwsdisp.1234abcd@funky.example.com
CSeq: 60 OPTIONS
Via: SIP/2.0/UDP funky.example.com;branch=z9hG4bKkdjuw
l: 0

`,
  },
  {
    name: 'longreq',
    text: `INVITE sip:user@example.com SIP/2.0
To: "I have a user name of ${'extreme'.repeat(50)} proportion"<sip:user@example.com:6000;unknownparam1=very${'long'.repeat(20)}value;longparam${'name'.repeat(25)}=shortvalue;very${'long'.repeat(20)}ParameterNameWithNoValue>
F: sip:${'amazinglylongcallername'.repeat(20)}@example.net;tag=12${'982'.repeat(50)}424;unknownheaderparam${'name'.repeat(20)}=unknowheaderparam${'value'.repeat(15)};unknownValueless${'paramname'.repeat(10)}
Call-ID: longreq.one${'really'.repeat(20)}longcallid
CSeq: 3882340 INVITE
Unknown-${'Long'.repeat(20)}-Name: unknown-${'long'.repeat(20)}-value; unknown-${'long'.repeat(20)}-parameter-name = unknown-${'long'.repeat(20)}-parameter-value
Via: SIP/2.0/TCP sip33.example.com
v: SIP/2.0/TCP sip32.example.com
V: SIP/2.0/TCP sip31.example.com
${Array.from({ length: 31 }, (_, i) => `Via: SIP/2.0/TCP sip${30 - i}.example.com`).join('\n')}
Max-Forwards: 70
Contact: <sip:${'amazinglylongcallername'.repeat(5)}@host5.example.net>
Content-Type: application/sdp
l: <length>

${sdp()}`,
  },
  {
    name: 'dblreq',
    text: `REGISTER sip:example.com SIP/2.0
To: sip:j.user@example.com
From: sip:j.user@example.com;tag=43251j3j324
Max-Forwards: 8
I: dblreq.0ha0isndaksdj99sdfafnl3lk233412
Contact: sip:j.user@host.example.com
CSeq: 8 REGISTER
Via: SIP/2.0/UDP 192.0.2.125;branch=z9hG4bKkdjuw23492
Content-Length: 0


INVITE sip:joe@example.com SIP/2.0
t: sip:joe@example.com
From: sip:caller@example.net;tag=141334
Max-Forwards: 8
Call-ID: dblreq.0ha0isnda977644900765@192.0.2.15
CSeq: 8 INVITE
Via: SIP/2.0/UDP 192.0.2.15;branch=z9hG4bKkdjuw380234
Content-Type: application/sdp
Content-Length: 150

${sdp()}`,
  },
  {
    name: 'semiuri',
    text: `OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0
To: sip:j_user@example.com
From: sip:caller@example.org;tag=33242
Max-Forwards: 3
Call-ID: semiuri.0ha0isndaksdj
CSeq: 8 OPTIONS
Accept: application/sdp, application/pkcs7-mime,
        multipart/mixed, multipart/signed,
        message/sip, message/sipfrag
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKkdjuw
l: 0

`,
  },
  {
    name: 'transports',
    text: `OPTIONS sip:user@example.com SIP/2.0
To: sip:user@example.com
From: <sip:caller@example.com>;tag=323
Max-Forwards: 70
Call-ID:  transports.kijh4akdnaqjkwendsasfdj
Accept: application/sdp
CSeq: 60 OPTIONS
Via: SIP/2.0/UDP t1.example.com;branch=z9hG4bKkdjuw
Via: SIP/2.0/SCTP t2.example.com;branch=z9hG4bKklasjdhf
Via: SIP/2.0/TLS t3.example.com;branch=z9hG4bK2980unddj
Via: SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKasd0f3en
Via: SIP/2.0/TCP t5.example.com;branch=z9hG4bK0a9idfnee
l: 0

`,
  },
  {
    name: 'mpart01',
    text: `MESSAGE sip:kumiko@example.org SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-d87543-4dade06d0bdb11ee-1--d87543-;rport
Max-Forwards: 70
Route: <sip:127.0.0.1:5080>
Identity: r5mwreLuyDRYBi/0TiPwEsY3rEVsk/G2WxhgTV1PF7hHuLIK0YWVKZhKv9Mj8UeXqkMVbnVq37CD+813gvYjcBUaZngQmXc9WNZSDNGCzA+fWl9MEUHWIZo1CeJebdY/XlgKeTa0Olvq0rt70Q5jiSfbqMJmQFteeivUhkMWYUA=
Contact: <sip:fluffy@127.0.0.1:5070>
To: <sip:kumiko@example.org>
From: <sip:fluffy@example.com>;tag=2fb0dcc9
Call-ID: 3d9485ad0c49859b@Zmx1ZmZ5LW1hYy0xNi5sb2NhbA..
CSeq: 1 MESSAGE
Content-Transfer-Encoding: binary
Content-Type: multipart/mixed;boundary=7a9cbec02ceef655
Content-Length: <length>

--7a9cbec02ceef655
Content-Type: text/plain
Content-Transfer-Encoding: binary

Hello
--7a9cbec02ceef655
Content-Type: application/octet-stream
Content-Transfer-Encoding: binary

0\u0082\u0001R\u0006\t*\u0086H\u0086
--7a9cbec02ceef655--
`,
  },
  {
    name: 'unreason',
    text: `SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое
Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923
Call-ID: unreason.1234ksdfak3j2erwedfsASdf
CSeq: 35 INVITE
From: sip:user@example.com;tag=11141343
To: sip:user@example.edu;tag=2229
Content-Length: <length>
Content-Type: application/sdp
Contact: <sip:user@host198.example.com>

${sdp('192.0.2.198')}`,
  },
  {
    name: 'noreason',
    text: `SIP/2.0 100${' '}
Via: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe
Call-ID: noreason.asndj203insdf99223ndf
CSeq: 35 INVITE
From: <sip:user@example.com>;tag=39ansfi3
To: <sip:user@example.edu>;tag=902jndnke3
Content-Length: 0
Contact: <sip:user@host105.example.com>

`,
  },
]

const invite = (
  name: string,
  {
    line = 'INVITE sip:user@example.com SIP/2.0',
    to = 'To: sip:user@example.com',
    from = 'From: <sip:caller@example.net>;tag=39291',
    cseq = 'CSeq: 8 INVITE',
    more = '',
    length = '<length>',
    body = sdp(),
  } = {},
): Torture => ({
  name,
  text: `${line}
${to}
${from}
Max-Forwards: 7
Call-ID: ${name}.0ha0isndaksdj
${cseq}
${via}
Contact: <sip:caller@host5.example.net>${more && `\n${more}`}
Content-Type: application/sdp
Content-Length: ${length}

${body}`,
})

/** 3.1.2: invalid. */
export const invalidMessages: readonly Torture[] = [
  {
    name: 'badinv01',
    text: `INVITE sip:user@example.com SIP/2.0
To: sip:j.user@example.com
From: sip:caller@example.net;tag=134161461246
Max-Forwards: 7
Call-ID: badinv01.0ha0isndaksdjasdf3234nas
CSeq: 8 INVITE
Via: SIP/2.0/UDP 192.0.2.15;;,;,,
Contact: "Joe" <sip:joe@example.org>;;;;
Content-Length: <length>
Content-Type: application/sdp

${sdp()}`,
  },
  invite('clerr', { length: '9999' }),
  invite('ncl', { length: '-999' }),
  invite('scalar02', { cseq: 'CSeq: 36893488147419103232 INVITE', more: 'Expires: 10000000000000000000000000000000000000000000000' }),
  {
    name: 'scalarlg',
    text: `SIP/2.0 503 Service Unavailable
Via: SIP/2.0/TCP host129.example.com;branch=z9hG4bKzzxdiwo34sw;received=192.0.2.129
To: <sip:user@example.com>
From: <sip:other@example.net>;tag=2easdjfejw
CSeq: 9292394834772304023312 OPTIONS
Call-ID: scalarlg.noase0of0234hn2qofoaf0232aewf2394r
Retry-After: 949302838503028349304023988
Warning: 1812 overture "In Progress"
Content-Length: 0

`,
  },
  invite('quotbal', { to: 'To: "Mr. J. User <sip:j.user@example.com>' }),
  invite('ltgtruri', { line: 'INVITE <sip:user@example.com> SIP/2.0' }),
  invite('lwsruri', { line: 'INVITE sip:user@example.com; lr SIP/2.0' }),
  invite('lwsstart', { line: 'INVITE  sip:user@example.com  SIP/2.0' }),
  invite('trws', { line: 'INVITE sip:remote-target@example.com SIP/2.0  ' }),
  invite('escruri', { line: 'INVITE sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0' }),
  {
    name: 'regbadct',
    text: `REGISTER sip:example.com SIP/2.0
To: sip:user@example.com
From: sip:user@example.com;tag=998332
Max-Forwards: 70
Call-ID: regbadct.k345asrl3fdbv@10.0.0.1
CSeq: 1 REGISTER
Via: SIP/2.0/UDP 135.180.130.133:5060;branch=z9hG4bKkdjuw
Contact: sip:user@example.com?Route=%3Csip:sip.example.com%3E
l: 0

`,
  },
  invite('badaspec', { to: 'To: "Watson, Thomas" < sip:t.watson@example.org >' }),
  invite('baddn', { from: 'From: Bell, Alexander <sip:a.g.bell@example.com>;tag=43' }),
  invite('badvers', { line: 'OPTIONS sip:t.watson@example.org SIP/7.0', cseq: 'CSeq: 8 OPTIONS' }),
  invite('mismatch01', { line: 'OPTIONS sip:user@example.com SIP/2.0' }),
  invite('mismatch02', { line: 'NEWMETHOD sip:user@example.com SIP/2.0' }),
  {
    name: 'bigcode',
    text: `SIP/2.0 4294967301 better not break the receiver
Via: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe
Call-ID: bigcode.asdof3uj203asdnf3429uasdhfas3ehjasdfas9i
CSeq: 353494 INVITE
From: <sip:user@example.com>;tag=39ansfi3
To: <sip:user@example.edu>;tag=902jndnke3
Content-Length: 0
Contact: <sip:user@host105.example.com>

`,
  },
  // 3.3: whole, but unfit.
  {
    name: 'insuf',
    text: `INVITE sip:user@example.com SIP/2.0
CSeq: 193942 INVITE
Via: SIP/2.0/UDP 192.0.2.95;branch=z9hG4bKkdj.insuf
Content-Type: application/sdp
l: <length>

${sdp()}`,
  },
  invite('multi01', { more: 'CSeq: 59 INVITE\nCall-ID: multi01.98asdh@192.0.2.2\nFrom: sip:caller@example.net;tag=2323' }),
  invite('mcl01', { more: 'Content-Length: 98' }),
]

/** What RFC 4475 leaves to the receiver, or to what works with the message: it can be read. */
export const readableMessages: readonly Torture[] = [
  invite('baddate', { more: 'Date: Fri, 01 Jan 2010 16:00:00 EST' }),
  invite('unkscm', { line: 'INVITE nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0' }),
  invite('novelsc', { line: 'INVITE soap.beep://192.0.2.103:3002 SIP/2.0' }),
  invite('unksm2', { to: 'To: isbn:2983792873', from: 'From: <http://www.example.com>;tag=3234233' }),
  invite('bext01', {
    more: 'Require: nothingSupportsThis, nothingSupportsThisEither\nProxy-Require: noProxiesSupportThis, norDoAnyProxiesSupportThis',
  }),
  invite('regaut01', { more: 'Authorization: NoOneKnowsThisScheme opaque-data=here' }),
  invite('bcast', { line: 'SIP/2.0 200 OK' }),
  invite('zeromf', { line: 'INVITE sip:user@example.com SIP/2.0' }),
  invite('cparam01', { more: 'Contact: sip:+19725552222@gw1.example.net;unknownparam' }),
  invite('regescrt', { more: 'Contact: <sip:user@example.com?Route=%3Csip:sip.example.com%3E>' }),
  invite('sdp01', { more: 'Accept: text/nobodyKnowsThis' }),
  invite('inv2543', { from: 'From: <sip:iluvsip@example.net>' }),
]

/** The bytes of a message. */
export function bytesOf({ text }: Torture): Buffer {
  const [head = '', ...rest] = text.replaceAll('\n', '\r\n').split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  return Buffer.from(`${head.replace('<length>', String(Buffer.byteLength(body)))}\r\n\r\n${body}`)
}
