@description('The name of the PostgreSQL server.')
param name string

@description('The name of the database.')
param databaseName string

@description('The Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('''
Who signs in, as objects with objectId, name (the role in PostgreSQL) and type (ServicePrincipal, User or Group). All of them are administrators of the server,
which holds nothing but the ledger: roles with fewer rights can be made by SQL only.
''')
param administrators array

@description('The size of the server, as Standard_B2s.')
param sku string

@description('True to run a standby in another availability zone, which takes over by itself. Needs more than a burstable server.')
param zoneRedundant bool

@minValue(7)
@maxValue(35)
@description('How long backups are kept, in days.')
param backupDays int

@description('True if the server can be reached from Azure\'s own addresses, with a token.')
param publicAccess bool

@description('The resource id of the workspace that metrics and logs go to.')
param workspaceId string

@description('True to guard the server against deletion.')
param deleteLock bool

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: sku
    tier: startsWith(sku, 'Standard_B') ? 'Burstable' : 'GeneralPurpose'
  }
  properties: {
    version: '16'
    createMode: 'Default'
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: 'Disabled'
      tenantId: tenant().tenantId
    }
    storage: {
      storageSizeGB: 32
      autoGrow: 'Enabled'
    }
    backup: {
      backupRetentionDays: backupDays
      geoRedundantBackup: 'Disabled'
    }
    highAvailability: {
      mode: zoneRedundant ? 'ZoneRedundant' : 'Disabled'
    }
    network: {
      publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    }
  }
}

// The server takes one change at a time, so these follow one another.
resource database 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
  parent: server
  name: databaseName
  properties: {
    charset: 'UTF8'
    collation: 'en_US.utf8'
  }
}

// These two addresses stand for Azure's own, of every customer; what keeps others out is that there are no passwords.
resource fromAzure 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2024-08-01' = if (publicAccess) {
  parent: server
  name: 'AllowAllAzureServicesAndResourcesWithinAzureIps'
  properties: {
    startIpAddress: '0.0.0.0'
    endIpAddress: '0.0.0.0'
  }
  dependsOn: [database]
}

@batchSize(1)
resource administrator 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2024-08-01' = [for entry in administrators: {
  parent: server
  name: entry.objectId
  properties: {
    principalName: entry.name
    principalType: entry.type
    tenantId: tenant().tenantId
  }
  dependsOn: [database, fromAzure]
}]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: server
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (deleteLock) {
  name: 'holds-the-ledger'
  scope: server
  properties: {
    level: 'CanNotDelete'
    notes: 'Without the ledger a host can be restarted twice for one request.'
  }
}

@description('The resource id of the server.')
output id string = server.id

@description('The host name of the server.')
output hostName string = server.properties.fullyQualifiedDomainName

@description('The name of the database.')
output databaseName string = database.name
