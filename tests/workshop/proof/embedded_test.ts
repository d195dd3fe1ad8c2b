import { testProofs } from "../../helpers/proof.ts";
import { EMBEDDED_COLLECTOR } from "../../helpers/workshop_places.ts";

testProofs(EMBEDDED_COLLECTOR);
