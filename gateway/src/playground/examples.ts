/** A question that the graph answers, for a newcomer to run and change. A test runs every one of them. */
export interface Example {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** The playground's tabs at first sight. */
export const examples: readonly Example[] = [
  {
    query: `# The whole region in one question.
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
    query: `# Tenders by text and status. The variables are below the query.
query SearchTenders($filter: TenderFilter, $first: Int = 10, $after: String) {
  tenders(filter: $filter, first: $first, after: $after) {
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
      buyer {
        name
      }
    }
  }
}
`,
    variables: { filter: { text: 'skole' }, first: 10 },
  },
  {
    query: `# What the market is asked before anything is bought.
query AskedNow {
  marketDialogues(first: 10) {
    nodes {
      title
      status
      need {
        title
      }
      events(first: 3) {
        nodes {
          title
          startsAt
        }
      }
    }
  }
}
`,
  },
  {
    query: `# The purchasing conference and its programme.
query Conference {
  events(first: 1) {
    nodes {
      title
      startsAt
      venue {
        name
      }
      sessions {
        title
        startsAt
        speakers {
          name
        }
      }
    }
  }
}
`,
  },
  {
    query: `# What is wrong with published notices is said, not hidden.
query NoticeRemarks {
  notices(first: 5) {
    nodes {
      title
      publishedOn
      remarks {
        field
        message
      }
    }
  }
}
`,
  },
];
