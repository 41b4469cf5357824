/** A question that the graph answers, for a newcomer to run and change. A test runs every one of them. */
export interface Example {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** The playground's tabs at first sight. */
export const examples: readonly Example[] = [
  {
    query: `# One question, answered by four services.
# Run it with the button or Ctrl+Enter (⌘+Enter).
query Region {
  municipality(number: "3118") {
    name
    mergedFrom {
      name
    }
    tenders(first: 5) {
      totalCount
      nodes {
        title
        status
        buyer {
          name
        }
        awards {
          value
          supplier {
            name
            trainings(first: 3) {
              nodes {
                title
                completedOn
              }
            }
          }
        }
        procurement {
          need {
            title
          }
          dialogue {
            title
            events(first: 3) {
              nodes {
                title
                startsAt
              }
            }
          }
        }
      }
    }
    suppliers(first: 5) {
      nodes {
        name
      }
    }
    events(first: 5) {
      nodes {
        title
        startsAt
      }
    }
  }
}
`,
  },
  {
    query: `# Competitions by words and state. The variables are below the query.
# Words are found in any inflection, in the title and the description.
query SearchTenders($filter: TenderFilter, $first: Int = 10, $after: String) {
  tenders(filter: $filter, first: $first, after: $after, orderBy: DEADLINE_ASC) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      title
      status
      deadline
      estimatedValue
      buyer {
        name
      }
      lots {
        title
        criteria {
          type
          name
          weight
        }
      }
    }
  }
}
`,
    variables: { filter: { text: 'omsorgsbolig', status: ['ACTIVE'] }, first: 10 },
  },
  {
    query: `# What the market is asked before anything is bought.
query AskedNow {
  marketDialogues(filter: { status: [OPEN] }, orderBy: CLOSES_ASC, first: 10) {
    nodes {
      title
      status
      closesAt
      questions
      municipality {
        name
      }
      need {
        title
        effect
      }
      activities {
        type
        title
        startsAt
      }
    }
  }
}
`,
  },
  {
    query: `# The purchasing conference in Askim in 2017 and its programme.
query Conference {
  events(filter: { text: "innkjøpskonferanse" }, first: 1) {
    nodes {
      title
      status
      startsAt
      venue {
        name
        municipality {
          name
          currently {
            name
          }
        }
      }
      sessions {
        title
        startsAt
        speakers {
          name
          role
          organisation
        }
      }
    }
  }
}
`,
  },
  {
    query: `# A notice is kept as it was published; a correction says what it changed.
query Corrections {
  tenders(filter: { text: "rammeavtaler" }, first: 3) {
    nodes {
      title
      deadline
      notices {
        noticeType
        formType
        version
        publishedAt
        isCorrection
        changes
        dataQuality {
          code
          message
        }
      }
    }
  }
}
`,
  },
  {
    query: `# Who asks, and what not everybody sees. Run it, press «Logg inn som …», choose Ingrid, and run it again:
# the draft is there. Magnus sees Marker's, Lise a draft of her own company's.
query WhoAmI {
  me {
    kind
    personId
    loginLevel
    organisations
    memberships {
      municipality {
        name
      }
      roles
    }
    scopes
  }
  drafts: needs(filter: { status: [DRAFT] }, first: 10) {
    totalCount
    nodes {
      title
      status
      municipality {
        name
      }
    }
  }
  published: needs(first: 3) {
    totalCount
    nodes {
      title
      status
    }
  }
  supplier(organisationNumber: "310000035") {
    name
    capabilities {
      cpv
      description
      publishedAt
    }
  }
}
`,
  },
];
