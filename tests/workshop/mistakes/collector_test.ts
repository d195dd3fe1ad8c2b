import { COLLECTOR_ROWS } from "../../helpers/mistakes/rows/collector.ts";
import { testMistakes } from "../../helpers/mistakes/test_mistakes.ts";

testMistakes(COLLECTOR_ROWS);
