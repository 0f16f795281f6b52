// Reads the file of a Workflow into Argo's own types, as strictly as its own linter does: a field that Argo
// doesn't know is an error, and so is an entry point that is no template.
package main

import (
	"fmt"
	"os"

	"github.com/argoproj/argo-workflows/v3/pkg/apis/workflow/v1alpha1"
	"sigs.k8s.io/yaml"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		fail(err)
	}
	var workflow v1alpha1.Workflow
	if err := yaml.UnmarshalStrict(text, &workflow); err != nil {
		fail(err)
	}
	entrypoint := workflow.GetTemplateByName(workflow.Spec.Entrypoint)
	if entrypoint == nil {
		fail(fmt.Errorf("no template is named %q", workflow.Spec.Entrypoint))
	}
	fmt.Println(entrypoint.GetType())
}

func fail(err error) {
	fmt.Println(err)
	os.Exit(1)
}
