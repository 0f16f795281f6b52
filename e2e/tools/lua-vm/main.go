// Reads the customizations in an argocd-cm and runs them on objects as Argo CD does, in its own
// virtual machine: argocd-lua argocd-cm.yaml OBJECT.yaml… For each object one line of JSON:
// its health, the names of the actions that are offered, and the object as each of these leaves it.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	appv1 "github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/lua"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

const (
	health  = "resource.customizations.health."
	actions = "resource.customizations.actions."
)

type judgement struct {
	Object  string         `json:"object"`
	Status  string         `json:"status"`
	Message string         `json:"message"`
	Actions []string       `json:"actions"`
	After   map[string]any `json:"after"`
}

func main() {
	if len(os.Args) < 3 {
		fail(fmt.Errorf("usage: argocd-lua argocd-cm.yaml OBJECT.yaml…"))
	}
	vm := lua.VM{ResourceOverrides: overrides(os.Args[1])}
	out := json.NewEncoder(os.Stdout)
	for _, file := range os.Args[2:] {
		object := &unstructured.Unstructured{}
		read(file, &object.Object)
		if err := out.Encode(judge(vm, file, object)); err != nil {
			fail(err)
		}
	}
}

func overrides(file string) map[string]appv1.ResourceOverride {
	var configMap corev1.ConfigMap
	read(file, &configMap)
	found := map[string]appv1.ResourceOverride{}
	for key, script := range configMap.Data {
		if kind, ok := strings.CutPrefix(key, health); ok {
			override := found[strings.Replace(kind, "_", "/", 1)]
			override.HealthLua = script
			found[strings.Replace(kind, "_", "/", 1)] = override
		}
		if kind, ok := strings.CutPrefix(key, actions); ok {
			override := found[strings.Replace(kind, "_", "/", 1)]
			override.Actions = script
			found[strings.Replace(kind, "_", "/", 1)] = override
		}
	}
	return found
}

func judge(vm lua.VM, file string, object *unstructured.Unstructured) judgement {
	script, openLibs, err := vm.GetHealthScript(object)
	if err != nil || script == "" {
		fail(fmt.Errorf("no health script for %s: %v", file, err))
	}
	if openLibs {
		fail(fmt.Errorf("%s: the health script must do without Lua's libraries", file))
	}
	seen, err := vm.ExecuteHealthLua(object, script)
	if err != nil {
		fail(err)
	}
	discoveries, err := vm.GetResourceActionDiscovery(object)
	if err != nil {
		fail(err)
	}
	offered, err := vm.ExecuteResourceActionDiscovery(object, discoveries)
	if err != nil {
		fail(err)
	}
	judged := judgement{file, string(seen.Status), seen.Message, []string{}, map[string]any{}}
	for _, action := range offered {
		if action.Disabled {
			continue
		}
		judged.Actions = append(judged.Actions, action.Name)
		definition, err := vm.GetResourceAction(object, action.Name)
		if err != nil {
			fail(err)
		}
		impacted, err := vm.ExecuteResourceAction(object.DeepCopy(), definition.ActionLua, nil)
		if err != nil {
			fail(err)
		}
		if len(impacted) != 1 || impacted[0].K8SOperation != lua.PatchOperation {
			fail(fmt.Errorf("%s: action %s does more than to change the object", file, action.Name))
		}
		judged.After[action.Name] = impacted[0].UnstructuredObj.Object
	}
	sort.Strings(judged.Actions)
	return judged
}

func read(file string, into any) {
	content, err := os.ReadFile(file)
	if err == nil {
		err = yaml.Unmarshal(content, into)
	}
	if err != nil {
		fail(fmt.Errorf("%s: %w", file, err))
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
