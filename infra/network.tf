data "aws_availability_zones" "this" {
  count = var.vpc == null ? 1 : 0
  state = "available"
  # Local zones have neither EMR nor most types.
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

data "aws_vpc" "given" {
  count = local.make_vpc ? 0 : 1
  id    = var.vpc.id
}

locals {
  make_vpc        = var.vpc == null
  names_of_zones  = local.make_vpc ? sort(data.aws_availability_zones.this[0].names) : []
  zones           = slice(local.names_of_zones, 0, min(3, length(local.names_of_zones)))
  vpc_id          = local.make_vpc ? aws_vpc.this[0].id : var.vpc.id
  subnet_ids      = local.make_vpc ? [for zone in local.zones : aws_subnet.private[zone].id] : var.vpc.subnet_ids
  route_table_ids = local.make_vpc ? [aws_route_table.private[0].id] : var.vpc.route_table_ids
  # EKS often gives pods the second range of a VPC.
  vpc_cidrs = local.make_vpc ? [var.vpc_cidr] : [
    for range in data.aws_vpc.given[0].cidr_block_associations : range.cidr_block if range.state == "associated"
  ]
  client_cidrs = length(var.endpoint_client_cidrs) == 0 ? local.vpc_cidrs : var.endpoint_client_cidrs
}

resource "aws_vpc" "this" {
  #checkov:skip=CKV2_AWS_11:flow logs belong to the account's landing zone, which knows where they go and who pays
  count                = local.make_vpc ? 1 : 0
  cidr_block           = var.vpc_cidr
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = merge(var.tags, local.emr_tag, { Name = local.name })
}

# No rule: whoever forgets to name a security group reaches nothing.
resource "aws_default_security_group" "this" {
  count  = local.make_vpc ? 1 : 0
  vpc_id = aws_vpc.this[0].id
  tags   = merge(var.tags, { Name = "${local.name}-unused" })
}

resource "aws_subnet" "private" {
  for_each          = toset(local.zones)
  vpc_id            = aws_vpc.this[0].id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.vpc_cidr, 2, index(local.zones, each.key))
  tags              = merge(var.tags, local.emr_tag, { Name = "${local.name}-${each.key}" })
}

# No way to the internet: clusters need S3, and EMR's service comes to them.
resource "aws_route_table" "private" {
  count  = local.make_vpc ? 1 : 0
  vpc_id = aws_vpc.this[0].id
  tags   = merge(var.tags, { Name = local.name })
}

resource "aws_route_table_association" "private" {
  for_each       = aws_subnet.private
  subnet_id      = each.value.id
  route_table_id = aws_route_table.private[0].id
}

# Subnets that are there need EMR's tag as well. By position, for their ids are unknown where the same root makes them.
resource "aws_ec2_tag" "subnet" {
  count       = local.make_vpc ? 0 : length(var.vpc.subnet_ids)
  resource_id = var.vpc.subnet_ids[count.index]
  key         = keys(local.emr_tag)[0]
  value       = "true"
}

resource "aws_vpc_endpoint" "s3" {
  count             = local.make_vpc || length(local.route_table_ids) > 0 ? 1 : 0
  vpc_id            = local.vpc_id
  service_name      = "com.amazonaws.${local.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = local.route_table_ids
  # Route tables that are there serve others, too: layers of images, public data. AWS's own policy leaves them what they reach.
  policy = local.make_vpc ? jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # What each of them may do, its role says. Others' credentials can't carry data out of here.
        Sid       = "PrincipalsOfThisAccount"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:*"
        Resource  = "*"
        Condition = { StringEquals = { "aws:PrincipalAccount" = local.account } }
      },
      {
        # Packages of Amazon Linux and of EMR, which machines fetch without credentials, or with EMR's.
        Sid       = "Packages"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource = [for bucket in concat([
          "amazonlinux.${local.region}.amazonaws.com",
          "amazonlinux-2-repos-${local.region}",
          "al2023-repos-${local.region}-de612dc2",
          "packages.${local.region}.amazonaws.com",
          "repo.${local.region}.amazonaws.com",
          "repo.${local.region}.emr.amazonaws.com",
          "${local.region}.elasticmapreduce",
          ], [for half in [0, 1] : # since EMR 8
          "aws157-instance-data${local.region == "ap-southeast-2" ? "-bucket" : ""}-${half}-prod-${local.region}"
        ]) : "arn:${local.partition}:s3:::${bucket}/*"]
      },
      {
        # What machines tell EMR of themselves when a cluster has logs, by EMR's own credentials.
        Sid       = "SystemLogs"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:PutObject"
        Resource  = "arn:${local.partition}:s3:::aws157-logs-prod${local.region == "us-east-1" ? "" : "-${local.region}"}/*"
      },
      {
        # Spark's history, which EMR's console shows when a cluster is gone.
        Sid       = "HistoryOfApplications"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
        Resource  = "arn:${local.partition}:s3:::prod.${local.region}.appinfo.src/*"
      },
    ]
  }) : null
  tags = merge(var.tags, { Name = "${local.name}-s3" })
}

resource "aws_vpc_endpoint" "interface" {
  for_each            = var.interface_endpoints
  vpc_id              = local.vpc_id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = local.subnet_ids
  security_group_ids  = [aws_security_group.endpoints[0].id]
  tags                = merge(var.tags, { Name = "${local.name}-${each.key}" })
}
