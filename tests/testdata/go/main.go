// Calls a collector with grpc-go as tests/collector/grpc_clients_test.ts wants it. Arguments: the
// port, a folder with the requests.
package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/mem"
	"google.golang.org/grpc/status"
)

const (
	export = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
	watch  = "/grpc.health.v1.Health/Watch"
	calls  = 200
)

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
	port, folder := os.Args[1], os.Args[2]
	small, medium, large := read(folder, "small"), read(folder, "medium"), read(folder, "large")
	channel, err := grpc.NewClient("127.0.0.1:"+port,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 10 * time.Second, PermitWithoutStream: true}))
	check(err)
	background := context.Background()
	call := func(ctx context.Context, request []byte, options ...grpc.CallOption) string {
		var response []byte
		return status.Code(channel.Invoke(ctx, export, &request, &response, options...)).String()
	}
	many := func(options ...grpc.CallOption) int {
		var group sync.WaitGroup
		var lock sync.Mutex
		count := 0
		for range calls {
			group.Go(func() {
				if call(background, small, options...) == "OK" {
					lock.Lock()
					count++
					lock.Unlock()
				}
			})
		}
		group.Wait()
		return count
	}

	watching, err := channel.NewStream(background, &grpc.StreamDesc{ServerStreams: true}, watch)
	check(err)
	check(watching.SendMsg(&[]byte{}))
	check(watching.CloseSend())
	statuses := []string{receive(watching)}

	result := map[string]any{"plain": many(), "gzip": many(grpc.UseCompressor(gzip.Name))}
	result["large"] = call(background, large)

	sending, err := channel.NewStream(background, &grpc.StreamDesc{ClientStreams: true}, export)
	check(err)
	check(sending.SendMsg(&small))
	check(sending.CloseSend())
	var response []byte
	result["half-close"] = status.Code(sending.RecvMsg(&response)).String()

	for range calls {
		ctx, cancel := context.WithCancel(background)
		go call(ctx, medium)
		cancel()
	}
	result["after cancel"] = call(background, small)
	print(result)

	bufio.NewReader(os.Stdin).ReadString('\n')
	for next := receive(watching); next != ""; next = receive(watching) {
		statuses = append(statuses, next)
	}
	after := call(background, small, grpc.WaitForReady(true))
	print(map[string]any{"watch": statuses, "after goaway": after})
}

// receive returns the next message in hexadecimal digits, or nothing at the end.
func receive(stream grpc.ClientStream) string {
	var message []byte
	if err := stream.RecvMsg(&message); err != nil {
		if err != io.EOF {
			check(err)
		}
		return ""
	}
	return hex.EncodeToString(message)
}

func read(folder, name string) []byte {
	bytes, err := os.ReadFile(filepath.Join(folder, name))
	check(err)
	return bytes
}

func print(result map[string]any) {
	line, err := json.Marshal(result)
	check(err)
	fmt.Println(string(line))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
