import { NO_CODE_ROWS } from "../../helpers/mistakes/rows/no_code.ts";
import { testMistakes } from "../../helpers/mistakes/test_mistakes.ts";

testMistakes(NO_CODE_ROWS);
