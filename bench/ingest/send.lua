-- Sends a prepared export request over and over, each time with other trace ids or times: eight bytes
-- of each become the number of the request. Arguments: the body's file, its signal, the first number,
-- and the positions of those bytes in the body.
local ffi = require("ffi")

local number, body, length, places, isReversed

function init(args)
  local file = assert(io.open(args[1], "rb"))
  local text = file:read("*a")
  file:close()
  length = #text
  body = ffi.new("uint8_t[?]", length)
  ffi.copy(body, text, length)
  number = tonumber(args[3])
  places = {}
  for i = 4, #args do places[#places + 1] = tonumber(args[i]) end
  wrk.method = "POST"
  wrk.path = "/v1/" .. args[2]
  -- Times are little-endian, and grow.
  isReversed = args[2] == "metrics"
  wrk.headers["Content-Type"] = "application/x-protobuf"
end

function request()
  local low = number % 0x100000000
  local high = (number - low) / 0x100000000
  for i = 1, #places do
    local at = places[i]
    for j = 0, 3 do
      local upper = isReversed and 7 - j or j
      local lower = isReversed and 3 - j or 4 + j
      body[at + upper] = bit.band(bit.rshift(high, 24 - 8 * j), 0xff)
      body[at + lower] = bit.band(bit.rshift(low, 24 - 8 * j), 0xff)
    end
  end
  number = number + 1
  return wrk.format(nil, nil, nil, ffi.string(body, length))
end
