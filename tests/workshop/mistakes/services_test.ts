import { SERVICES_ROWS } from "../../helpers/mistakes/rows/services.ts";
import { testMistakes } from "../../helpers/mistakes/test_mistakes.ts";

testMistakes(SERVICES_ROWS);
