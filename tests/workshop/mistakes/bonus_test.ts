import { BONUS_ROWS } from "../../helpers/mistakes/rows/bonus.ts";
import { testMistakes } from "../../helpers/mistakes/test_mistakes.ts";

testMistakes(BONUS_ROWS);
