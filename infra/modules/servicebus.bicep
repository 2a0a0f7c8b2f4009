@description('The name of the namespace.')
param name string

@description('The name of the queue.')
param queueName string

@description('True if every message belongs to a session. It cannot be changed on an existing queue.')
param requiresSession bool

@description('The Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('The identity that receives and schedules messages.')
param principalId string

// Data Owner and not Data Receiver: scaling reads the queue's length, and falls back to guessing without it.
var serviceBusDataOwner = '090c5cfd-751d-490a-894a-3ce6f1109419'

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Standard'
    tier: 'Standard'
  }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
  }

  resource queue 'queues' = {
    name: queueName
    properties: {
      lockDuration: 'PT1M'
      // Above the retries in place and the abandons of shutdowns: Mayhem decides when a message is given up.
      maxDeliveryCount: 20
      requiresSession: requiresSession
      requiresDuplicateDetection: true
      // Longer than a message may be retried (Mayhem:Retry:Deadline, 1 hour): the id of a retry must not be forgotten before.
      duplicateDetectionHistoryTimeWindow: 'PT2H'
      deadLetteringOnMessageExpiration: true
      defaultMessageTimeToLive: 'P7D'
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

output hostName string = '${namespace.name}.servicebus.windows.net'
