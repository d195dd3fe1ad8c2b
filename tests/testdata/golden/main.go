// Sends each of the Collector's golden files to a collector, and compares what it exports with the Collector's own
// comparison. Prints a line for each difference, and at last how many files of each signal were compared.
//
//	golden OTLP_URL PAGE_URL FOLDER...
package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/golden"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/pdatatest/plogtest"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/pdatatest/pmetrictest"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/pdatatest/ptracetest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// What a golden file holds, encoded; and a comparison of it with the lines of an export.
type sample struct {
	items      int
	json, wire []byte
	compare    func(lines [][]byte) error
}

// By signal. A file belongs to the first signal that finds anything in it.
var readers = map[string]func(path string) (sample, error){
	"traces":  readTraces,
	"metrics": readMetrics,
	"logs":    readLogs,
}

var otlpURL, pageURL string

func main() {
	otlpURL, pageURL = os.Args[1], os.Args[2]
	compared := map[string]int{}
	for _, folder := range os.Args[3:] {
		must(filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".yaml" {
				return err
			}
			for signal, read := range readers {
				if one, err := read(path); err == nil && one.items > 0 {
					compared[signal]++
					check(signal, path, "json", one.json, one)
					check(signal, path, "x-protobuf", one.wire, one)
				}
			}
			return nil
		}))
	}
	fmt.Printf("compared %d traces, %d metrics, %d logs\n", compared["traces"], compared["metrics"], compared["logs"])
}

func check(signal, path, encoding string, body []byte, one sample) {
	must(request(http.MethodDelete, pageURL+"/api/kit/data", "", nil, nil))
	var lines bytes.Buffer
	err := request(http.MethodPost, otlpURL+"/v1/"+signal, "application/"+encoding, body, nil)
	if err == nil {
		err = request(http.MethodGet, pageURL+"/api/kit/data?signal="+signal, "", nil, &lines)
	}
	if err == nil {
		err = one.compare(bytes.Split(bytes.TrimSpace(lines.Bytes()), []byte("\n")))
	}
	if err != nil {
		fmt.Printf("%s as %s: %s\n", path, encoding, strings.ReplaceAll(err.Error(), "\n", "; "))
	}
}

func readTraces(path string) (sample, error) {
	data, err := golden.ReadTraces(path)
	if err != nil {
		return sample{}, err
	}
	completeIDs(data)
	asJSON, _ := (&ptrace.JSONMarshaler{}).MarshalTraces(data)
	wire, _ := (&ptrace.ProtoMarshaler{}).MarshalTraces(data)
	return sample{data.SpanCount(), asJSON, wire, func(lines [][]byte) error {
		all := ptrace.NewTraces()
		for _, line := range lines {
			part, err := (&ptrace.JSONUnmarshaler{}).UnmarshalTraces(line)
			if err != nil {
				return err
			}
			part.ResourceSpans().MoveAndAppendTo(all.ResourceSpans())
		}
		return ptracetest.CompareTraces(data, all)
	}}, nil
}

// Many of these files leave ids out. Such spans and links are invalid, so they are rejected: they get ids here.
func completeIDs(data ptrace.Traces) {
	number := byte(0)
	for _, resource := range data.ResourceSpans().All() {
		for _, scope := range resource.ScopeSpans().All() {
			for _, span := range scope.Spans().All() {
				number++
				if span.TraceID().IsEmpty() {
					span.SetTraceID(pcommon.TraceID{1, number})
				}
				if span.SpanID().IsEmpty() {
					span.SetSpanID(pcommon.SpanID{1, number})
				}
				for i, link := range span.Links().All() {
					if link.TraceID().IsEmpty() {
						link.SetTraceID(pcommon.TraceID{2, number, byte(i)})
					}
					if link.SpanID().IsEmpty() {
						link.SetSpanID(pcommon.SpanID{2, number, byte(i)})
					}
				}
			}
		}
	}
}

func readMetrics(path string) (sample, error) {
	data, err := golden.ReadMetrics(path)
	if err != nil {
		return sample{}, err
	}
	asJSON, _ := (&pmetric.JSONMarshaler{}).MarshalMetrics(data)
	wire, _ := (&pmetric.ProtoMarshaler{}).MarshalMetrics(data)
	return sample{data.DataPointCount(), asJSON, wire, func(lines [][]byte) error {
		all := pmetric.NewMetrics()
		for _, line := range lines {
			part, err := (&pmetric.JSONUnmarshaler{}).UnmarshalMetrics(line)
			if err != nil {
				return err
			}
			part.ResourceMetrics().MoveAndAppendTo(all.ResourceMetrics())
		}
		return pmetrictest.CompareMetrics(data, all)
	}}, nil
}

func readLogs(path string) (sample, error) {
	data, err := golden.ReadLogs(path)
	if err != nil {
		return sample{}, err
	}
	asJSON, _ := (&plog.JSONMarshaler{}).MarshalLogs(data)
	wire, _ := (&plog.ProtoMarshaler{}).MarshalLogs(data)
	return sample{data.LogRecordCount(), asJSON, wire, func(lines [][]byte) error {
		all := plog.NewLogs()
		for _, line := range lines {
			part, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(line)
			if err != nil {
				return err
			}
			part.ResourceLogs().MoveAndAppendTo(all.ResourceLogs())
		}
		return plogtest.CompareLogs(data, all)
	}}, nil
}

func request(method, url, contentType string, body []byte, answer io.Writer) error {
	sent, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	if contentType != "" {
		sent.Header.Set("Content-Type", contentType)
	}
	response, err := http.DefaultClient.Do(sent)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if answer == nil {
		answer = io.Discard
	}
	if response.StatusCode >= 300 {
		text, _ := io.ReadAll(response.Body)
		return fmt.Errorf("%s %s: %s %s", method, url, response.Status, text)
	}
	_, err = io.Copy(answer, response.Body)
	return err
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
