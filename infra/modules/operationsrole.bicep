targetScope = 'subscription'

@description('The name of the role, unique in the directory.')
param roleName string

@description('The identity that restarts hosts.')
param principalId string

// An accepted restart is followed at a URL that belongs to the subscription and not to the machine's resource group.
resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, roleName)
  properties: {
    roleName: roleName
    description: 'Sees how operations on virtual machines end, and can do nothing else.'
    type: 'CustomRole'
    permissions: [
      {
        actions: ['Microsoft.Compute/locations/operations/read']
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    assignableScopes: [subscription().id]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principalId, role.id)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.name)
  }
}
