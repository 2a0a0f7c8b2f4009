@description('The name of the namespace.')
param name string

@description('The name of the queue.')
param queueName string

@description('True if every message belongs to a session. It cannot be changed on an existing queue.')
param requiresSession bool

@allowed(['Standard', 'Premium'])
@description('The tier of the namespace.')
param sku string

@allowed([1, 2, 4, 8, 16])
@description('Messaging units of a Premium namespace.')
param messagingUnits int

@description('True to spread a Premium namespace over availability zones.')
param zoneRedundant bool

@description('True if the namespace can be reached from the internet, with a token.')
param publicAccess bool

@description('The Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('The identity that receives and schedules messages.')
param principalId string

@description('Who may send requests to the queue and look into it; empty for nobody but the app.')
param operatorPrincipalId string

@description('The resource id of the workspace that metrics and logs go to.')
param workspaceId string

@description('True to guard the namespace against deletion.')
param deleteLock bool

var isPremium = sku == 'Premium'

// Data Owner and not Data Receiver: scaling reads the queue's length, and falls back to guessing without it.
var serviceBusDataOwner = '090c5cfd-751d-490a-894a-3ce6f1109419'

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: sku
    tier: sku
    capacity: isPremium ? messagingUnits : null
  }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    premiumMessagingPartitions: isPremium ? 1 : null
    zoneRedundant: isPremium ? zoneRedundant : null
  }

  resource queue 'queues' = {
    name: queueName
    properties: {
      status: 'Active'
      // A minute is renewed three times before it ends; a worker that died holds a message up for no longer.
      lockDuration: 'PT1M'
      // Above the retries in place and the abandons of shutdowns: Mayhem decides when a message is given up.
      maxDeliveryCount: 20
      requiresSession: requiresSession
      requiresDuplicateDetection: true
      // Longer than a message may be retried (Mayhem:Retry:Deadline, 1 hour): the id of a retry must not be forgotten before.
      duplicateDetectionHistoryTimeWindow: 'PT2H'
      // A request that nobody carried out is not to vanish.
      deadLetteringOnMessageExpiration: true
      defaultMessageTimeToLive: 'P7D'
      maxSizeInMegabytes: 1024
      enableBatchedOperations: true
      // Partitions would keep order and duplicate detection for each of them only.
      enablePartitioning: false
      enableExpress: false
    }
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(namespace::queue.id, principalId, serviceBusDataOwner)
  scope: namespace::queue
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataOwner)
  }
}

resource operatorAssignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  name: guid(namespace::queue.id, operatorPrincipalId, serviceBusDataOwner)
  scope: namespace::queue
  properties: {
    principalId: operatorPrincipalId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataOwner)
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: namespace
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
  name: 'holds-requests'
  scope: namespace
  properties: {
    level: 'CanNotDelete'
    notes: 'Requests and dead letters are kept here.'
  }
}

@description('The resource id of the namespace.')
output id string = namespace.id

@description('The host name of the namespace.')
output hostName string = replace(replace(namespace.properties.serviceBusEndpoint, 'https://', ''), ':443/', '')
