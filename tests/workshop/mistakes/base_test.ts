import { BASE_ROWS } from "../../helpers/mistakes/rows/base.ts";
import { testMistakes } from "../../helpers/mistakes/test_mistakes.ts";

testMistakes(BASE_ROWS);
