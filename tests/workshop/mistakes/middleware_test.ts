import { MIDDLEWARE_ROWS } from "../../helpers/mistakes/rows/middleware.ts";
import { testMistakes } from "../../helpers/mistakes/test_mistakes.ts";

testMistakes(MIDDLEWARE_ROWS);
