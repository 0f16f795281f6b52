//go:build tools

// Package kubernetes pins the servers that the local cloud runs, so that `go build` can make them where nothing can be downloaded.
package kubernetes

import (
	_ "go.etcd.io/etcd/server/v3/etcdmain"
	_ "k8s.io/kubernetes/cmd/kube-apiserver/app"
	_ "k8s.io/kubernetes/cmd/kubectl"
)
