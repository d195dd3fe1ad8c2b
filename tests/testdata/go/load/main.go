// Sends a prepared export request over and over for some time, each time with other trace ids: the
// last eight bytes of each become the number of the request. Prints how many were taken and how long
// that took, in seconds. Arguments: the port, connections, calls at a time on each, seconds, the
// request's file, the first number, and where in the request those bytes lie.
package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/mem"
)

const export = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"

// raw passes messages on as they are.
type raw struct{}

func (raw) Name() string { return "proto" }

func (raw) Marshal(v any) (mem.BufferSlice, error) {
	return mem.BufferSlice{mem.SliceBuffer(*v.(*[]byte))}, nil
}

func (raw) Unmarshal(data mem.BufferSlice, v any) error {
	*v.(*[]byte) = data.Materialize()
	return nil
}

func main() {
	encoding.RegisterCodecV2(raw{})
	port, connections, callsEach := os.Args[1], number(2), number(3)
	duration := time.Duration(number(4)) * time.Second
	template, err := os.ReadFile(os.Args[5])
	check(err)
	next, taken := atomic.Uint64{}, atomic.Uint64{}
	next.Store(uint64(number(6)))
	places := make([]int, len(os.Args)-7)
	for i := range places {
		places[i] = number(7 + i)
	}

	start := time.Now()
	var group sync.WaitGroup
	for range connections {
		channel, err := grpc.NewClient("127.0.0.1:"+port,
			grpc.WithTransportCredentials(insecure.NewCredentials()))
		check(err)
		for range callsEach {
			group.Go(func() {
				for time.Since(start) < duration {
					request := make([]byte, len(template))
					copy(request, template)
					id := next.Add(1) - 1
					for _, place := range places {
						binary.BigEndian.PutUint64(request[place:], id)
					}
					var response []byte
					check(channel.Invoke(context.Background(), export, &request, &response))
					taken.Add(1)
				}
			})
		}
	}
	group.Wait()
	fmt.Println(taken.Load(), time.Since(start).Seconds())
}

func number(argument int) int {
	value, err := strconv.Atoi(os.Args[argument])
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
