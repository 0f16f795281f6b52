variable "installation" {
  description = "First part of every cluster's name, and a tag of it: tells this operator's clusters from those of its neighbours in the account."
  type        = string
  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$", var.installation))
    error_message = "installation must be at most 32 lower-case letters, digits and dashes."
  }
}

variable "environment" {
  description = "Name that users write in spec.environment."
  type        = string
  default     = "default"
}

variable "name" {
  description = "Begins the name of every role and security group; emr-operator-<installation> when null."
  type        = string
  default     = null
}

variable "tags" {
  description = "Of everything that is made here, and of every cluster."
  type        = map(string)
  default     = {}
}

variable "permissions_boundary" {
  description = "ARN of the policy that bounds the roles; null for none."
  type        = string
  default     = null
}

# The network.

variable "vpc" {
  description = "A VPC that is there: its private subnets in several zones (a new one goes last, for their tags are kept by position), and the route tables that get S3's endpoint (none if they have one). Null makes a VPC."
  type = object({
    id              = string
    subnet_ids      = list(string)
    route_table_ids = optional(list(string), [])
  })
  default = null
}

variable "vpc_cidr" {
  description = "Addresses of the VPC that is made: a quarter for each of three zones, or as many as the region has. Each machine of a cluster takes one."
  type        = string
  default     = "10.64.0.0/16"
}

variable "interface_endpoints" {
  description = "Services that are reached without the internet; each costs by the hour in each zone. The operator in this VPC calls elasticmapreduce, and sts with IRSA; with EKS Pod Identity the nodes call eks-auth. Add logs if a bootstrap action or a security configuration writes to CloudWatch Logs."
  type        = set(string)
  default     = ["elasticmapreduce", "sts"]
}

variable "endpoint_client_cidrs" {
  description = "Addresses that may use the interface endpoints besides the clusters; the whole VPC, made or there, when empty."
  type        = list(string)
  default     = []
}

# The buckets.

variable "bucket_prefix" {
  description = "Begins the name of each bucket that is made; <name>-<account>-<region> when null."
  type        = string
  default     = null
}

variable "inputs" {
  description = "Prefixes that analyses may read, as in s3://market-data/us/. Empty makes a bucket."
  type        = list(string)
  default     = []
  validation {
    condition     = alltrue([for prefix in var.inputs : can(regex("^s3://[^/*?]+/([^*?]*/)?$", prefix))])
    error_message = "Each of inputs must be a prefix such as s3://bucket/folder/, without wildcards."
  }
}

variable "outputs" {
  description = "Prefixes that analyses may write, as in s3://research/. Empty makes a bucket."
  type        = list(string)
  default     = []
  validation {
    condition     = alltrue([for prefix in var.outputs : can(regex("^s3://[^/*?]+/([^*?]*/)?$", prefix))])
    error_message = "Each of outputs must be a prefix such as s3://bucket/folder/, without wildcards."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the buckets that are made; S3's own when null. The key's policy must let the account's roles use it."
  type        = string
  default     = null
}

variable "versioning" {
  description = "Keeps overwritten and deleted inputs and results for 30 days, in buckets that are made here."
  type        = bool
  default     = false
}

variable "log_days" {
  description = "Days after which the logs of clusters go."
  type        = number
  default     = 90
}

variable "force_destroy" {
  description = "Lets terraform destroy remove buckets that are not empty. For trials only."
  type        = bool
  default     = false
}

# Who the operator is.

variable "oidc_provider_arn" {
  description = "For IRSA: the IAM OIDC provider of the EKS cluster."
  type        = string
  default     = null
}

variable "eks_cluster_name" {
  description = "For EKS Pod Identity: the cluster, whose agent add-on must be there."
  type        = string
  default     = null
}

variable "service_account" {
  description = "The operator's service account: the namespace and the name of the chart's release."
  type = object({
    namespace = string
    name      = string
  })
  default = { namespace = "emr-operator", name = "emr-operator" }
}

variable "service_linked_roles" {
  description = "Services whose role the account lacks: elasticmapreduce.amazonaws.com where EMR was never used, spot.amazonaws.com where spot machines never were. Each exists once in an account; making one that is there fails."
  type        = set(string)
  default     = []
  validation {
    condition     = alltrue([for service in var.service_linked_roles : contains(["elasticmapreduce.amazonaws.com", "spot.amazonaws.com"], service)])
    error_message = "Each of service_linked_roles must be elasticmapreduce.amazonaws.com or spot.amazonaws.com."
  }
}

# The fence and the fleets, as in docs/configuration.md.

variable "namespaces" {
  description = "Kubernetes namespaces whose analyses may use the environment; empty for all."
  type        = list(string)
  default     = []
}

variable "maximum_capacity" {
  description = "Most units of one cluster."
  type        = number
  default     = 128
}

variable "maximum_runs" {
  description = "Most runs of one namespace at a time; null for any number."
  type        = number
  default     = null
}

variable "allowed_tags" {
  description = "Keys that spec.tags may have."
  type        = list(string)
  default     = []
}

variable "security_configuration" {
  description = "EMR security configuration of every cluster, by name; null for none."
  type        = string
  default     = null
}

variable "instance_types" {
  description = "Types of each fleet with the units that each is worth, here one for four virtual CPUs. Spot capacity is a matter of choice: ten or more for task."
  type = object({
    master = map(number)
    core   = map(number)
    task   = map(number)
  })
  default = {
    master = { "m6i.xlarge" = 1, "m6a.xlarge" = 1, "m5.xlarge" = 1 }
    core   = { "m6i.xlarge" = 1, "m6a.xlarge" = 1, "m5.xlarge" = 1 }
    task = {
      "m6i.xlarge"  = 1, "m6a.xlarge" = 1, "m5.xlarge" = 1, "m5a.xlarge" = 1,
      "r6i.xlarge"  = 1, "r5.xlarge" = 1,
      "m6i.2xlarge" = 2, "m6a.2xlarge" = 2, "m5.2xlarge" = 2, "r6i.2xlarge" = 2, "r5.2xlarge" = 2,
    }
  }
}
