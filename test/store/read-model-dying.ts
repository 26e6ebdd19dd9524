import { openReadModel } from '../../src/store/read-model.ts'
import { BUILDING } from '../../src/store/read-model-options.ts'
import { at, filling, ROWS, rows } from './read-model-filling.ts'

/* A process that builds rows into a new file and dies: `read-model-dying.ts <file> <when>`. */

const [path = '', when = ''] = process.argv.slice(2)
const model = openReadModel(path, [filling], BUILDING)
const put = (acts: number) => {
  for (let node = 0; node < ROWS; node++) model.put(rows, { node, acts })
}
put(1)
// So many are written before the commit.
if (when !== 'before a commit') model.commit(at(5n))
if (when === 'in a batch') put(2)
if (when === 'completed') model.complete()
process.kill(process.pid, 'SIGKILL')
