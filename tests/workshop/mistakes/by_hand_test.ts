import { BY_HAND_ROWS } from "../../helpers/mistakes/rows/by_hand.ts";
import { testMistakes } from "../../helpers/mistakes/test_mistakes.ts";

testMistakes(BY_HAND_ROWS);
