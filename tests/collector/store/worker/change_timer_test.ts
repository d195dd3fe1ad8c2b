import { assertEquals } from "@std/assert";
import { ChangeTimer } from "../../../../lib/collector/store/worker/change_timer.ts";
import { stopTime } from "../../../helpers/fake_time.ts";

Deno.test("ChangeTimer calls back immediately, and at most ten times a second", async () => {
  using time = stopTime();
  let calls = 0;
  const timer = new ChangeTimer(() => calls++);
  timer.arm();
  await time.pass(1000);
  assertEquals(calls, 0, "it is not on");

  timer.isOn = true;
  timer.arm();
  await time.pass(0);
  assertEquals(calls, 1);
  for (let i = 0; i < 3; i++) timer.arm();
  await time.pass(99);
  assertEquals(calls, 1);
  await time.pass(1);
  assertEquals(calls, 2);
  await time.pass(1000);
  assertEquals(calls, 2, "nothing has changed");
});

Deno.test("ChangeTimer rests ten times as long as its call takes", async () => {
  using time = stopTime();
  let calls = 0;
  const timer = new ChangeTimer(() => {
    calls++;
    time.jump(50);
  });
  timer.isOn = true;
  timer.arm();
  await time.pass(0);
  timer.arm();
  await time.pass(499);
  assertEquals(calls, 1);
  await time.pass(1);
  assertEquals(calls, 2);
});
