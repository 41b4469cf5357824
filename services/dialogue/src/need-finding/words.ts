import type { WordGroup } from './finding.js';

/**
 * The words that tell how instead of what: data, meant to be read and added to by people who know procurement.
 *
 * How a word is written here:
 * - `varebil` is found in any inflection (varebilen, varebiler), whatever its case, and on either side of a hyphen.
 * - `*kamera*` is found inside longer words as well: before the star, after it, or both (nattkamera, kameravakt).
 * - `=Teams` is found only as it stands, because in small letters it is, or may be, an ordinary word.
 *
 * A group is one rule, with one suggestion. What a person has overridden is kept under the group's `id`, so an id is never
 * given to another group.
 */
export const wordGroups: readonly WordGroup[] = [
  // ——— Brands and trade names ———
  {
    id: 'brand.it.office',
    category: 'BRAND',
    words: [
      ...['=Microsoft', 'Office 365', 'Microsoft 365', '=Teams', 'SharePoint', '=Outlook', '=Excel'],
      ...['PowerPoint', 'OneDrive', 'Google Workspace', '=Google', 'Gmail', '=Zoom', '=Slack', 'Dropbox'],
    ],
    suggestion: {
      nb: 'Skriv hva de ansatte skal få gjort, for eksempel «skrive i samme dokument samtidig» eller «møtes uten å reise».',
      nn: 'Skriv kva dei tilsette skal få gjort, til dømes «skrive i same dokument samtidig» eller «møtast utan å reise».',
      en: 'Say what the staff are to get done, such as "write in the same document at the same time" or "meet without travelling".',
    },
  },
  {
    id: 'brand.it.devices',
    category: 'BRAND',
    words: [
      ...['iPad', 'iPhone', 'MacBook', 'Chromebook', '=Lenovo', 'ThinkPad', '=Dell', '=HP', 'EliteBook'],
      ...['=Samsung', '=Apple', '=Surface', '=Android', '=iOS', '=Garmin', '=Canon', '=Ricoh', '=Xerox'],
    ],
    suggestion: {
      nb: 'Skriv hva brukerne skal kunne gjøre, hvor de er når de gjør det, og hvor lenge om gangen.',
      nn: 'Skriv kva brukarane skal kunne gjere, kvar dei er når dei gjer det, og kor lenge om gongen.',
      en: 'Say what the users are to be able to do, where they are when they do it, and for how long at a time.',
    },
  },
  {
    id: 'brand.it.administration',
    category: 'BRAND',
    words: [
      ...['Visma', 'Unit4', 'Agresso', '=SAP', '=Oracle', 'Xledger', 'Tripletex', 'Framsikt', 'Stratsys'],
      ...['MinVakt', '=GatSoft', 'Salesforce', '=Acos', 'WebSak', 'Public 360', '=P360', 'ePhorte', '=Sikri'],
      ...['Documaster', '=Elements', 'TietoEVRY', '=Ajour', '=Jira', 'ServiceNow'],
    ],
    suggestion: {
      nb: 'Skriv hva som skal bli enklere eller sikrere, for eksempel «lønnen er riktig første gang» eller «alle finner saken igjen».',
      nn: 'Skriv kva som skal bli enklare eller sikrare, til dømes «løna er rett første gongen» eller «alle finn saka igjen».',
      en: 'Say what is to become easier or safer, such as "pay is right the first time" or "everybody finds the case again".',
    },
  },
  {
    id: 'brand.it.school',
    category: 'BRAND',
    words: ['Vigilo', 'itslearning', 'Showbie', '=Canvas', 'Kahoot', 'Smartboard', 'SMART Board', '=Fronter'],
    suggestion: {
      nb: 'Skriv hva elevene skal lære eller mestre, og hva lærere og foresatte skal vite når.',
      nn: 'Skriv kva elevane skal lære eller meistre, og kva lærarar og føresette skal vite når.',
      en: 'Say what the pupils are to learn or master, and what teachers and parents are to know when.',
    },
  },
  {
    id: 'brand.it.infrastructure',
    category: 'BRAND',
    words: [
      ...['=Azure', '=AWS', 'Amazon Web Services', '=Citrix', 'VMware', '=Cisco', '=Windows', '=Linux'],
      ...['Active Directory', 'Entra ID', 'Fortinet', '=Intel', '=Huawei', '=Telenor', '=Telia'],
    ],
    suggestion: {
      nb: 'Skriv hva som skal være i drift når, hvem som skal slippe til, og hva som må virke sammen med det dere har.',
      nn: 'Skriv kva som skal vere i drift når, kven som skal sleppe til, og kva som må verke saman med det de har.',
      en: 'Say what has to be running when, who is to have access, and what has to work together with what you have.',
    },
  },
  {
    id: 'brand.health',
    category: 'BRAND',
    words: [
      ...['=Gerica', 'CosDoc', 'Tunstall', '=Hepro', 'Dignio', '=Imatis', '=Sensio', 'Evondos', '=DIPS'],
      ...[
        'Pilly',
        '=Karie',
        '=Philips',
        '=Abena',
        '=Tena',
        '=TENA',
        'Mölnlycke',
        'Invacare',
        '=Arjo',
        '=Etac',
      ],
      ...['=Stryker', '=Hartmann', '=Zoll', 'Komp Pro', '=RoomMate'],
    ],
    suggestion: {
      nb: 'Skriv hva som skal bli bedre for brukeren og de ansatte, for eksempel «får hjelp innen ti minutter etter et fall».',
      nn: 'Skriv kva som skal bli betre for brukaren og dei tilsette, til dømes «får hjelp innan ti minutt etter eit fall».',
      en: 'Say what is to be better for the user and the staff, such as "gets help within ten minutes of a fall".',
    },
  },
  {
    id: 'brand.building',
    category: 'BRAND',
    words: [
      ...[
        '=Leca',
        '=Glava',
        'Rockwool',
        'Siporex',
        '=Gyproc',
        '=Norgips',
        'Velux',
        '=Isola',
        '=Protan',
        '=Jotun',
      ],
      ...['Tarkett', '=Forbo', '=Kone', '=Schindler', '=Otis', '=Siemens', 'Schneider Electric', '=ABB'],
      ...['Danfoss', 'Flexit', 'Systemair', 'Swegon', '=Mitsubishi', '=Toshiba', '=Daikin', '=Nibe', '=NIBE'],
      ...[
        'Assa Abloy',
        'TrioVing',
        '=Salto',
        'Geberit',
        '=Grohe',
        '=Kompan',
        '=Lappset',
        '=Hilti',
        '=Makita',
      ],
    ],
    suggestion: {
      nb: 'Skriv hva bygget eller stedet skal gi dem som bruker det: lys, luft, varme, trygghet, ro, tilgjengelighet.',
      nn: 'Skriv kva bygget eller staden skal gi dei som bruker det: lys, luft, varme, tryggleik, ro, tilgjenge.',
      en: 'Say what the building or the place is to give those who use it: light, air, warmth, safety, quiet, access.',
    },
  },
  {
    id: 'brand.transport',
    category: 'BRAND',
    words: [
      ...['=Volvo', '=Mercedes', '=Scania', 'Volkswagen', '=VW', '=Toyota', '=Tesla', '=Ford', '=Nissan'],
      ...['=Iveco', 'Peugeot', '=Renault', '=Hyundai', '=Kia', 'Caterpillar', 'Komatsu', '=Hitachi'],
      ...['Wacker Neuson', 'John Deere', 'Kubota', 'Husqvarna', '=Stihl', 'Doosan', '=Zaptec', '=Easee'],
    ],
    suggestion: {
      nb: 'Skriv hvem eller hva som skal fram, når, hvor langt og med hvilke utslipp, og la leverandørene velge kjøretøyet.',
      nn: 'Skriv kven eller kva som skal fram, når, kor langt og med kva utslepp, og la leverandørane velje køyretøyet.',
      en: 'Say who or what is to get where, when, how far and with which emissions, and let the suppliers choose the vehicle.',
    },
  },
  {
    id: 'brand.cleaning',
    category: 'BRAND',
    words: [
      ...['Lilleborg', '=Ecolab', 'Diversey', 'Nilfisk', 'Kärcher', '=Taski', '=TASKI', '=Tork', '=Katrin'],
      ...['=Vikan', '=Zalo', '=Jif', '=Ajax', '=Omo', 'Antibac', '=Klorin'],
    ],
    suggestion: {
      nb: 'Skriv hvor rent det skal være, hvordan det merkes, og hva barn, ansatte og renholdere skal slippe å utsettes for.',
      nn: 'Skriv kor reint det skal vere, korleis det blir merkt, og kva barn, tilsette og reinhaldarar skal sleppe å bli utsette for.',
      en: 'Say how clean it is to be, how that is noticed, and what children, staff and cleaners are not to be exposed to.',
    },
  },
  {
    id: 'brand.food',
    category: 'BRAND',
    words: [
      ...['=Tine', '=TINE', '=Nortura', '=Gilde', '=Orkla', '=Toro', 'Stabburet', '=Mills', '=Bama', '=BAMA'],
      ...[
        '=Asko',
        '=ASKO',
        'Servicegrossistene',
        'Coca-Cola',
        'Nestlé',
        '=Friele',
        'Grandiosa',
        'Convotherm',
      ],
      ...['Electrolux', '=Norvegia', 'Fjordland', '=Metos'],
    ],
    suggestion: {
      nb: 'Skriv hvem som skal spise, hva måltidet skal gi dem, og hva de skal kunne velge mellom.',
      nn: 'Skriv kven som skal ete, kva måltidet skal gi dei, og kva dei skal kunne velje mellom.',
      en: 'Say who is to eat, what the meal is to give them, and what they are to be able to choose between.',
    },
  },
  {
    id: 'brand.furniture',
    category: 'BRAND',
    words: ['Kinnarps', '=HÅG', '=Håg', '=IKEA', '=Ikea', 'Vitra', '=Stokke', '=Fagerhult', '=Edsbyn'],
    suggestion: {
      nb: 'Skriv hva rommet skal brukes til, av hvem, hvor lenge om gangen og hva kroppen skal tåle.',
      nn: 'Skriv kva rommet skal brukast til, av kven, kor lenge om gongen og kva kroppen skal tole.',
      en: 'Say what the room is to be used for, by whom, for how long at a time and what the body has to stand.',
    },
  },

  // ——— Product words ———
  {
    id: 'product.it.devices',
    category: 'PRODUCT',
    words: [
      ...['*nettbrett*', '*laptop', '=PC', '=PCer', '=PCene', '*datamaskin', '*smarttelefon', 'mobiltelefon'],
      ...['*smartklokke', '*projektor', 'printer', '*kopimaskin', 'dataskjerm', 'touchskjerm', '*storskjerm'],
      ...['nettverksruter', '*router', '*webkamera', '*håndterminal'],
    ],
    suggestion: {
      nb: 'Skriv hva brukerne skal kunne gjøre og hvor, og la leverandørene foreslå utstyret.',
      nn: 'Skriv kva brukarane skal kunne gjere og kvar, og la leverandørane foreslå utstyret.',
      en: 'Say what the users are to be able to do and where, and let the suppliers propose the equipment.',
    },
  },
  {
    id: 'product.health',
    category: 'PRODUCT',
    words: [
      ...['*trygghetsalarm*', '*medisindispenser*', '*medisinrobot*', '*rullator', 'sykeseng', 'sykehusseng'],
      ...[
        'takheis',
        'personløfter',
        '*bleie',
        'engangshanske',
        'munnbind',
        'blodtrykksmåler',
        'hjertestarter',
      ],
      ...[
        'pulsoksymeter',
        'fallsensor',
        'sengesensor',
        'dørsensor',
        'pasientvarslingsanlegg',
        'sykesignalanlegg',
      ],
      ...['inkontinensprodukt', 'kompresjonsstrømpe', 'spritdispenser'],
    ],
    suggestion: {
      nb: 'Skriv hva som skal oppdages, forebygges eller mestres, og hvor fort noen skal være der.',
      nn: 'Skriv kva som skal oppdagast, førebyggjast eller meistrast, og kor fort nokon skal vere der.',
      en: 'Say what is to be noticed, prevented or mastered, and how soon somebody is to be there.',
    },
  },
  {
    id: 'product.building',
    category: 'PRODUCT',
    words: [
      ...['*varmepumpe*', '*solcelle*', '*ventilasjonsanlegg*', '*modulbygg*', '*massivtre*', '*gipsplate*'],
      ...[
        '*betongelement*',
        'takstein',
        '*linoleum*',
        'vinylbelegg',
        '*parkett',
        '*sprinkleranlegg*',
        'SD-anlegg',
      ],
      ...[
        'LED-lys',
        'LED-armatur',
        '*lysarmatur*',
        '*kunstgress*',
        'gummidekke',
        'huskestativ',
        '*lekestativ',
      ],
      ...[
        'ballbinge',
        'sklie',
        '*ledebånd',
        '*fjernvarmeveksler',
        'nøkkelkort',
        'elektrokjel',
        'pelletskjel',
      ],
    ],
    suggestion: {
      nb: 'Skriv hva stedet skal brukes til, hvilket inneklima eller hvilken energibruk dere vil ha, og hva det skal tåle.',
      nn: 'Skriv kva staden skal brukast til, kva inneklima eller energibruk de vil ha, og kva han skal tole.',
      en: 'Say what the place is to be used for, which indoor climate or energy use you want, and what it has to stand.',
    },
  },
  {
    id: 'product.transport',
    category: 'PRODUCT',
    words: [
      ...[
        '*elbil*',
        '*dieselbil',
        '*personbil',
        '*varebil',
        'kassebil',
        '*minibuss*',
        '*lastebil',
        '*hjullaster',
      ],
      ...['*gravemaskin', '*traktor', '*brøytebil', 'feiebil', '*feiemaskin', 'elsykkel', 'el-sykkel'],
      ...[
        '*sparkesykkel',
        '*ladestasjon',
        'ladestolpe',
        'snøfreser',
        'maxitaxi',
        'maksitaxi',
        'stasjonsvogn',
      ],
      ...['*gressklipper', 'ATV', '*tilhenger'],
    ],
    suggestion: {
      nb: 'Skriv hvem eller hva som skal fram, når og hvordan det skal oppleves; kanskje trengs det ikke et kjøretøy til.',
      nn: 'Skriv kven eller kva som skal fram, når og korleis det skal opplevast; kanskje trengst det ikkje eit køyretøy til.',
      en: 'Say who or what is to get there, when, and how it is to be experienced; perhaps it does not take one more vehicle.',
    },
  },
  {
    id: 'product.cleaning',
    category: 'PRODUCT',
    words: [
      ...[
        '*mikrofiber*',
        '*gulvvaskemaskin',
        '*robotstøvsuger',
        '*støvsuger',
        '*tørkepapir',
        '*toalettpapir',
      ],
      ...['vaskemiddel', '*mopp', 'sprayflaske', '*desinfeksjonsmiddel', 'oppvasktablett', 'såpedispenser'],
      ...['grønnsåpe', 'gulvpolish'],
    ],
    suggestion: {
      nb: 'Skriv resultatet: hvor rent, hvor ofte det skal merkes, og hvilke stoffer som ikke skal være i rommet.',
      nn: 'Skriv resultatet: kor reint, kor ofte det skal merkast, og kva stoff som ikkje skal vere i rommet.',
      en: 'Say the result: how clean, how often it is to be noticed, and which substances are not to be in the room.',
    },
  },
  {
    id: 'product.food',
    category: 'PRODUCT',
    words: [
      ...[
        '*kombidamper',
        'kaffemaskin',
        'kaffetrakter',
        'oppvaskmaskin',
        'porsjonspakke',
        '*matvogn',
        'kjølevogn',
      ],
      ...[
        'frossenpizza',
        'drikkeautomat',
        'brusautomat',
        'vannkjøler',
        'stekeovn',
        'næringsdrikk',
        'ferdigrett',
      ],
    ],
    suggestion: {
      nb: 'Skriv hva de som spiser, skal få: smak, næring, ro, valg og matlukt, og la kjøkkenet og utstyret være åpent.',
      nn: 'Skriv kva dei som et, skal få: smak, næring, ro, val og matlukt, og la kjøkkenet og utstyret vere ope.',
      en: 'Say what those who eat are to get: taste, nourishment, peace, choice, the smell of food; leave kitchen and equipment open.',
    },
  },
  {
    id: 'product.furniture',
    category: 'PRODUCT',
    words: [
      'kontorstol',
      'hevsenkbord',
      'hev-senk-bord',
      'hev/senk-bord',
      'garderobeskap',
      'reol',
      '*skolepult',
    ],
    suggestion: {
      nb: 'Skriv hva rommet skal brukes til og av hvem, så kan leverandørene foreslå innredning, ombruk eller leie.',
      nn: 'Skriv kva rommet skal brukast til og av kven, så kan leverandørane foreslå innreiing, ombruk eller leige.',
      en: 'Say what the room is to be used for and by whom; suppliers may then propose furniture, reuse or rental.',
    },
  },

  // ——— Words for solutions ———
  {
    id: 'solution.it.software',
    category: 'SOLUTION',
    words: [
      ...[
        'app',
        '*mobilapp',
        '*applikasjon',
        'læringsplattform',
        '*dataplattform',
        'samhandlingsplattform',
        'kommunikasjonsplattform',
        'skyplattform',
        'digital plattform',
        'teknisk plattform',
        'nettportal',
        'webportal',
        'innbyggerportal',
        'foreldreportal',
        'kundeportal',
        'ansattportal',
        '*søknadsportal',
        'selvbetjeningsportal',
        '*skyløsning',
        '*programvare*',
        '*fagsystem*',
      ],
      ...[
        'IT-system',
        'IKT-system',
        'datasystem',
        '*saksbehandlingssystem',
        '*journalsystem',
        '*bookingsystem',
      ],
      ...[
        '*bestillingssystem',
        '*styringssystem',
        '*nettside',
        '*nettsted',
        '*dashbord',
        'dashboard',
        '*database',
      ],
      ...['API', 'QR-kode', 'intranett'],
    ],
    suggestion: {
      nb: 'Skriv hva folk skal få vite eller få gjort, uansett hvor det skjer. Kanskje trengs det ikke noe nytt system.',
      nn: 'Skriv kva folk skal få vite eller få gjort, same kvar det skjer. Kanskje trengst det ikkje noko nytt system.',
      en: 'Say what people are to learn or get done, wherever that happens. Perhaps no new system is needed.',
    },
  },
  {
    id: 'solution.it.technology',
    category: 'SOLUTION',
    words: [
      ...[
        '*chatbot',
        '*samtalerobot',
        '*robotisering',
        'kunstig intelligens',
        'maskinlæring',
        'blokkjede',
        '*RFID*',
      ],
      ...[
        '*sensor',
        'sensorikk',
        'sensorteknologi',
        '*droner',
        'GPS',
        'tingenes internett',
        '=IoT',
        '*kamera*',
      ],
      ...['videoovervåking', 'videoovervaking', 'ansiktsgjenkjenning', 'digital tvilling', 'VR-briller'],
    ],
    suggestion: {
      nb: 'Skriv hva som skal oppdages, avgjøres eller gå av seg selv, og hvor sikkert det skal være.',
      nn: 'Skriv kva som skal oppdagast, avgjerast eller gå av seg sjølv, og kor sikkert det skal vere.',
      en: 'Say what is to be noticed, decided or happen by itself, and how certain that has to be.',
    },
  },
  {
    id: 'solution.health',
    category: 'SOLUTION',
    words: [
      'digitalt tilsyn',
      'velferdsteknologi*',
      'videokonsultasjon',
      'pasientvarsling',
      'lokaliseringsteknologi',
    ],
    suggestion: {
      nb: 'Skriv hvilken trygghet, frihet eller tid som skal vinnes, og for hvem.',
      nn: 'Skriv kva tryggleik, fridom eller tid som skal vinnast, og for kven.',
      en: 'Say which safety, freedom or time is to be gained, and for whom.',
    },
  },
  {
    id: 'solution.building',
    category: 'SOLUTION',
    words: [
      'totalentreprise',
      'påbygg',
      '*tilbygg',
      '*paviljong',
      'solenergianlegg',
      'bergvarme',
      'fjernvarme',
      'asfaltering',
    ],
    suggestion: {
      nb: 'Skriv hvilken aktivitet det skal bli plass til, eller hva som skal bli mindre av, før dere bestemmer at noe skal bygges.',
      nn: 'Skriv kva aktivitet det skal bli plass til, eller kva det skal bli mindre av, før de bestemmer at noko skal byggjast.',
      en: 'Say which activity there is to be room for, or what there is to be less of, before deciding that something is to be built.',
    },
  },
  {
    id: 'solution.food',
    category: 'SOLUTION',
    words: ['kok-kjøl', 'kok-server', 'kok/kjøl', 'kok/server', 'sous vide', 'storkjøkken'],
    suggestion: {
      nb: 'Skriv når og hvordan maten skal møte den som spiser, og la produksjonsmåten være åpen.',
      nn: 'Skriv når og korleis maten skal møte den som et, og la produksjonsmåten vere open.',
      en: 'Say when and how the food is to meet the person who eats it, and leave the way of producing it open.',
    },
  },
];
