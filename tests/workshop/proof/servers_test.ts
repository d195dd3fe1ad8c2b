import { testProofs } from "../../helpers/proof.ts";
import { REAL_SERVERS } from "../../helpers/workshop_places.ts";

testProofs(REAL_SERVERS);
