import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Assets } from './layout.ts'

/* Styles, the script and the letters, served from this process: nothing is fetched from elsewhere. */

export interface Asset {
  path: string
  type: string
  content: Buffer
}

const require = createRequire(import.meta.url)
const here = (name: string): URL => new URL(name, import.meta.url)

/** Sheets in the order in which they count. */
const SHEETS = [
  'base',
  'tables',
  'forms',
  'charts',
  'scores',
  'units',
  'appeals',
  'records',
  'entry',
  'print'
]

/** Which letters a file of the font holds. */
const FONTS = [
  { subset: 'arabic', range: 'U+0600-06FF, U+0750-077F, U+200C-200E, U+2010-2011, U+FB50-FDFF, U+FE70-FEFC' },
  {
    subset: 'latin',
    range:
      'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+2000-200B, U+2012-206F, U+2122, U+2190-2193, U+2212'
  }
]

/** The name changes with the content, so that a browser may keep the file for ever. */
function asset(name: string, ending: string, type: string, content: Buffer): Asset {
  const mark = createHash('sha256').update(content).digest('hex').slice(0, 12)
  return { path: `/assets/${name}.${mark}.${ending}`, type, content }
}

const fontFile = (subset: string): Buffer =>
  readFileSync(require.resolve(`@fontsource-variable/vazirmatn/files/vazirmatn-${subset}-wght-normal.woff2`))

const fontFace = ({ path }: Asset, range: string): string =>
  `@font-face{font-family:Vazirmatn;font-weight:100 900;font-display:swap;src:url(${path}) format("woff2");unicode-range:${range}}`

/** Paper takes letters of fixed weight: a variable font is broken into drawings by what makes PDF files. */
const PRINT_WEIGHTS = [400, 700]

function printFonts(): { assets: Asset[]; css: string } {
  const assets: Asset[] = []
  const faces: string[] = []
  for (const weight of PRINT_WEIGHTS) {
    for (const { subset, range } of FONTS) {
      const file = `@fontsource/vazirmatn/files/vazirmatn-${subset}-${weight}-normal.woff2`
      const font = asset(
        `vazirmatn-${subset}-${weight}`,
        'woff2',
        'font/woff2',
        readFileSync(require.resolve(file))
      )
      assets.push(font)
      faces.push(
        `@font-face{font-family:"Vazirmatn Print";font-weight:${weight};src:url(${font.path}) format("woff2");unicode-range:${range}}`
      )
    }
  }
  return { assets, css: faces.join('\n') }
}

/** Everything that pages load, read once at the start. */
export function loadAssets(): { assets: readonly Asset[]; names: Assets } {
  const fonts = FONTS.map(({ subset, range }) => {
    const font = asset(`vazirmatn-${subset}`, 'woff2', 'font/woff2', fontFile(subset))
    return { font, face: fontFace(font, range) }
  })
  const print = printFonts()
  const sheets = SHEETS.map((name) => readFileSync(here(`styles/${name}.css`), 'utf8'))
  const css = [...fonts.map(({ face }) => face), print.css, ...sheets].join('\n')
  const styles = asset('karnameh', 'css', 'text/css; charset=utf-8', Buffer.from(css))
  // Written without annotations, so that a browser reads the very text that is checked here.
  const code = readFileSync(here('browser/live.ts'))
  const script = asset('karnameh', 'js', 'text/javascript; charset=utf-8', code)
  const licence = readFileSync(require.resolve('@fontsource-variable/vazirmatn/LICENSE'))
  return {
    assets: [
      styles,
      script,
      ...fonts.map(({ font }) => font),
      ...print.assets,
      { path: '/assets/icon.svg', type: 'image/svg+xml', content: readFileSync(here('styles/icon.svg')) },
      { path: '/assets/OFL.txt', type: 'text/plain; charset=utf-8', content: licence }
    ],
    names: { styles: styles.path, script: script.path }
  }
}
