// Computes what Flux, Helm and Pulumi wait for, with the library that they use: kstatus OBJECT.yaml…
// prints one line of JSON for each.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
	"sigs.k8s.io/yaml"
)

type judgement struct {
	Object  string `json:"object"`
	Status  string `json:"status"`
	Message string `json:"message"`
}

func main() {
	out := json.NewEncoder(os.Stdout)
	for _, file := range os.Args[1:] {
		judged, err := judge(file)
		if err == nil {
			err = out.Encode(judged)
		}
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", file, err)
			os.Exit(1)
		}
	}
}

func judge(file string) (judgement, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return judgement{}, err
	}
	content, err = yaml.YAMLToJSON(content)
	if err != nil {
		return judgement{}, err
	}
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(content); err != nil {
		return judgement{}, err
	}
	result, err := status.Compute(object)
	if err != nil {
		return judgement{}, err
	}
	return judgement{file, string(result.Status), result.Message}, nil
}
