// Reads a dashboard by Grafana's own types: grafana-dashboard DASHBOARD.json prints what Grafana lacks in it,
// does not know or does not allow.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/cog/variants"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

// What the strict reading takes as it comes: types of panels and queries, and how values are shown. A
// dashboard is read as one, for it has panels as a row has.
type panel struct {
	Type        string
	FieldConfig json.RawMessage
	Targets     []json.RawMessage
	Panels      []panel
}

func main() {
	plugins.RegisterDefaultPlugins()
	text, err := os.ReadFile(os.Args[1])
	faults := of("dashboard", err)
	if err == nil {
		faults = judge(text)
	}
	for _, fault := range faults {
		fmt.Println(fault)
	}
	if len(faults) > 0 {
		os.Exit(1)
	}
}

func judge(text []byte) cog.BuildErrors {
	faults := of("dashboard", new(dashboard.Dashboard).UnmarshalJSONStrict(text))
	// The strict reading keeps no panels, which are wanted for what follows.
	var whole dashboard.Dashboard
	var rest panel
	if err := errors.Join(json.Unmarshal(text, &whole), json.Unmarshal(text, &rest)); err != nil {
		return append(faults, of("dashboard", err)...)
	}
	faults = append(faults, of("dashboard", whole.Validate())...)
	return append(faults, rest.within("dashboard")...)
}

func (p panel) within(path string) cog.BuildErrors {
	var faults cog.BuildErrors
	for i, inner := range p.Panels {
		faults = append(faults, inner.judge(fmt.Sprintf("%s.panels[%d]", path, i))...)
	}
	return faults
}

func (p panel) judge(path string) cog.BuildErrors {
	faults := p.within(path)
	if _, known := cog.ConfigForPanelcfgVariant(p.Type); !known && p.Type != "row" {
		faults = append(faults, of(path+".type", fmt.Errorf("Grafana has no panel %q", p.Type))...)
	}
	fields := new(dashboard.FieldConfigSource)
	faults = append(faults, of(path+".fieldConfig", fields.UnmarshalJSONStrict(p.FieldConfig))...)
	for i, target := range p.Targets {
		query, err := cog.UnmarshalDataquery(target, "")
		if _, unknown := query.(variants.UnknownDataquery); unknown {
			err = errors.New("Grafana has no such data source")
		}
		faults = append(faults, of(fmt.Sprintf("%s.targets[%d]", path, i), err)...)
	}
	return faults
}

// None where the error is nil, or a list that is empty.
func of(path string, err error) cog.BuildErrors {
	if err == nil {
		return nil
	}
	return cog.MakeBuildErrors(path, err)
}
