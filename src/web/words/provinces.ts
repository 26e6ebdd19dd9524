import type { Phrase } from '../language.ts'

/* Provinces of Iran by the slugs that units name them with; one that is written otherwise is shown as it is. */

export const provinces: Readonly<Record<string, Phrase>> = {
  alborz: { fa: 'البرز', en: 'Alborz' },
  ardabil: { fa: 'اردبیل', en: 'Ardabil' },
  bushehr: { fa: 'بوشهر', en: 'Bushehr' },
  'chaharmahal-bakhtiari': { fa: 'چهارمحال و بختیاری', en: 'Chaharmahal and Bakhtiari' },
  'east-azerbaijan': { fa: 'آذربایجان شرقی', en: 'East Azerbaijan' },
  fars: { fa: 'فارس', en: 'Fars' },
  gilan: { fa: 'گیلان', en: 'Gilan' },
  golestan: { fa: 'گلستان', en: 'Golestan' },
  hamadan: { fa: 'همدان', en: 'Hamadan' },
  hormozgan: { fa: 'هرمزگان', en: 'Hormozgan' },
  ilam: { fa: 'ایلام', en: 'Ilam' },
  isfahan: { fa: 'اصفهان', en: 'Isfahan' },
  kerman: { fa: 'کرمان', en: 'Kerman' },
  kermanshah: { fa: 'کرمانشاه', en: 'Kermanshah' },
  khuzestan: { fa: 'خوزستان', en: 'Khuzestan' },
  'kohgiluyeh-boyer-ahmad': { fa: 'کهگیلویه و بویراحمد', en: 'Kohgiluyeh and Boyer-Ahmad' },
  kurdistan: { fa: 'کردستان', en: 'Kurdistan' },
  lorestan: { fa: 'لرستان', en: 'Lorestan' },
  markazi: { fa: 'مرکزی', en: 'Markazi' },
  mazandaran: { fa: 'مازندران', en: 'Mazandaran' },
  'north-khorasan': { fa: 'خراسان شمالی', en: 'North Khorasan' },
  qazvin: { fa: 'قزوین', en: 'Qazvin' },
  qom: { fa: 'قم', en: 'Qom' },
  'razavi-khorasan': { fa: 'خراسان رضوی', en: 'Razavi Khorasan' },
  semnan: { fa: 'سمنان', en: 'Semnan' },
  'sistan-baluchestan': { fa: 'سیستان و بلوچستان', en: 'Sistan and Baluchestan' },
  'south-khorasan': { fa: 'خراسان جنوبی', en: 'South Khorasan' },
  tehran: { fa: 'تهران', en: 'Tehran' },
  'west-azerbaijan': { fa: 'آذربایجان غربی', en: 'West Azerbaijan' },
  yazd: { fa: 'یزد', en: 'Yazd' },
  zanjan: { fa: 'زنجان', en: 'Zanjan' }
}
